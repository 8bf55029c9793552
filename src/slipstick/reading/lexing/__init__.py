"""Text to tokens: where arithmetic may stand, and the signs, words and figures in it put into plain notation."""
