"""What people do about site visits."""
