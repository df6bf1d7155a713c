package cmd

import (
	"path/filepath"
	"runtime"
)

func defaultStatePath(folder string) string { return filepath.Join(folder, "eshopctl", "state.db") }

// stateFolder is where programs of this user keep their state.
func (p *program) stateFolder() string {
	return p.userFolder("XDG_STATE_HOME", "LocalAppData", ".local", "state")
}

// configFolder is this program's folder among the user's configuration.
func (p *program) configFolder() string {
	if folder := p.userFolder("XDG_CONFIG_HOME", "AppData", ".config"); folder != "" {
		return filepath.Join(folder, "eshopctl")
	}
	return ""
}

// userFolder is the folder that a variable names, else where the system has it;
// "" where that depends on variables that are not set.
func (p *program) userFolder(xdg, windows string, belowHome ...string) string {
	folder := p.env.Getenv(xdg)
	switch {
	case filepath.IsAbs(folder):
		return folder
	case runtime.GOOS == "windows":
		folder = p.env.Getenv(windows)
	case runtime.GOOS == "darwin":
		folder = filepath.Join(p.env.Getenv("HOME"), "Library", "Application Support")
	default:
		folder = filepath.Join(append([]string{p.env.Getenv("HOME")}, belowHome...)...)
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return folder
}
