// Package settings is what flags, environment and configuration file come to, in that
// order of precedence. Commands read Settings and never ask viper.
//
// It may import cmd/terminal and cmd/usage, connector and what lies below. Begin with
// settings.go, which is what comes out, and source.go, which is how. file.go, parse.go and
// line.go are about the configuration file, origin.go says where a value came from.
package settings
