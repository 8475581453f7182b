"""The regulator's view: one regime and a period, evidence by paragraph, gaps first."""
