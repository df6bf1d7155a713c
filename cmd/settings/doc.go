// Package settings reads flags, environment and configuration file, in that order of
// precedence. Commands get the result as Settings and never ask viper.
//
// It may import cmd/terminal and cmd/usage, connector and what lies below. Begin with
// settings.go, which has the result, and source.go, which reads it; layers.go decides which
// value counts and says where it was set. file.go, parse.go and line.go are about the
// configuration file, global.go, ages.go, app.go and secrets.go about single settings.
package settings
