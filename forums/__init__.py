"""Community forums: topics, posts and live reading come here."""
