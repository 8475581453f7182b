"""Request lists of audits and supervisors: taken in from a sheet, answered, given out whole."""
