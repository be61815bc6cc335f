"""Colours, measures, the style sheet and the icons: everything that gives the window its look."""
