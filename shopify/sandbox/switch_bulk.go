package sandbox

// bulkSwitches are about bulk operations and their result files.
func bulkSwitches() []Switch { return nil }
