// Package settings is what flags, environment and configuration file come to, in that
// order of precedence. Commands read Settings and never ask viper.
//
// It may import cmd/terminal and cmd/usage, connector and what lies below. Begin with
// settings.go, which is what comes out, and source.go, which is how; layers.go says which
// value counts and where it was set. file.go, parse.go and line.go are about the
// configuration file, global.go, ages.go, app.go and secrets.go about what is set.
package settings
