"""Knowledge: articles with review and versions, found within a keystroke, made from solved cases (KNO-1)."""
