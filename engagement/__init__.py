"""The thread itself: small apps in the order the data flows (themes, experiences, routing, board, responses)."""
