"""Small widgets every page is made of; none knows a service."""
