"""What every room is furnished with: colours, icons, fields, messages, actions, tasks."""
