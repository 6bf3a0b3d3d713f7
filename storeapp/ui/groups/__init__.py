"""Group orders on screen: the sheets, their orders, what has to be bought, and the words for the group."""
