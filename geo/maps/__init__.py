"""The map: one folium map with its time layer, for the dashboard and as a single offline file."""
