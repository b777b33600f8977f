"""What people do with spare parts."""
