"""Huiyin 回音: every purchase, promise and complaint gets an answer, on time, with proof."""
