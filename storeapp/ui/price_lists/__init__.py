"""Price lists: drafted from goods or a file, coming, live, over."""
