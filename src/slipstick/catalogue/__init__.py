"""The catalogue: parts, peaks, packaging, memory, prices, published utilizations, systems, each with its source."""
