"""Charts: what each shows, as plain records, and what draws it in the theme's colours.

A chart is shown by :class:`mlops_desktop.ui.widgets.chart.ChartView`; nothing here imports
matplotlib before something is drawn.
"""
