package settings

import (
	"path/filepath"
	"runtime"

	"github.com/eshopos/eshopctl/cmd/terminal"
)

// statePathIn is the path of the state file in the folder for programs' state.
func statePathIn(folder string) string { return filepath.Join(folder, "eshopctl", "state.db") }

// stateFolder is the folder for the state of this user's programs.
func stateFolder(env terminal.Env) string {
	return userFolder(env, "XDG_STATE_HOME", "LocalAppData", ".local", "state")
}

// configFolder is this program's folder among the user's configuration.
func configFolder(env terminal.Env) string {
	if folder := userFolder(env, "XDG_CONFIG_HOME", "AppData", ".config"); folder != "" {
		return filepath.Join(folder, "eshopctl")
	}
	return ""
}

// userFolder is the folder that a variable names, else the system's default; "" when the
// variables that the default depends on are not set.
func userFolder(env terminal.Env, xdg, windows string, belowHome ...string) string {
	folder := env.Getenv(xdg)
	switch {
	case filepath.IsAbs(folder):
		return folder
	case runtime.GOOS == "windows":
		folder = env.Getenv(windows)
	case runtime.GOOS == "darwin":
		folder = filepath.Join(env.Getenv("HOME"), "Library", "Application Support")
	default:
		folder = filepath.Join(append([]string{env.Getenv("HOME")}, belowHome...)...)
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return folder
}
