"""What is true: records and rules, without web, network or translated words."""
