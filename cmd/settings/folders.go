package settings

import (
	"path/filepath"
	"runtime"
)

// statePathIn is where the state file lies in the folder where programs keep their state.
func statePathIn(folder string) string { return filepath.Join(folder, "eshopctl", "state.db") }

// stateFolder is where programs of this user keep their state.
func (s *Source) stateFolder() string {
	return s.userFolder("XDG_STATE_HOME", "LocalAppData", ".local", "state")
}

// configFolder is this program's folder among the user's configuration.
func (s *Source) configFolder() string {
	if folder := s.userFolder("XDG_CONFIG_HOME", "AppData", ".config"); folder != "" {
		return filepath.Join(folder, "eshopctl")
	}
	return ""
}

// userFolder is the folder that a variable names, else where the system has it;
// "" where that depends on variables that are not set.
func (s *Source) userFolder(xdg, windows string, belowHome ...string) string {
	folder := s.Env.Getenv(xdg)
	switch {
	case filepath.IsAbs(folder):
		return folder
	case runtime.GOOS == "windows":
		folder = s.Env.Getenv(windows)
	case runtime.GOOS == "darwin":
		folder = filepath.Join(s.Env.Getenv("HOME"), "Library", "Application Support")
	default:
		folder = filepath.Join(append([]string{s.Env.Getenv("HOME")}, belowHome...)...)
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return folder
}
