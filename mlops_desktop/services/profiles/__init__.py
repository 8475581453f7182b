"""Regulatory profiles: the library, what the workspace works by, and how its models stand."""
