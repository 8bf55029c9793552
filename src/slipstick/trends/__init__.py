"""Trends: what doubles how fast. Points with dates -> a line on a logarithmic scale with error bars, a break or none,
projections, and distances from the line (`specs/trend.md` says why it is done like this).

Statistics come from statsmodels and scipy, which are loaded when a trend is asked for.
"""
