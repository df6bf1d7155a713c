package cmd

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/connector/health"
)

// flagError says what is wrong with a flag in our words, and what was most likely
// meant.
func (p *program) flagError(cmd *cobra.Command, err error) error {
	next := seeHelp(cmd)
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return p.unknownFlag(cmd, unknown.GetSpecifiedName())
	case errors.As(err, &invalid):
		flag, value := invalid.GetFlag(), invalid.GetValue()
		wanted, instead := wantedValue(flag, value)
		if instead != "" {
			next = again("--"+flag.Name, instead)
		}
		return usage(next, "--%s: %.80q is %s", flag.Name, value, wanted)
	case errors.As(err, &bare):
		return usage(next, "--%s needs a value", bare.GetFlag().Name)
	}
	return usage(next, "%s", err)
}

func (p *program) unknownFlag(cmd *cobra.Command, name string) error {
	var known []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { known = append(known, flag.Name) })
	next := seeHelp(cmd)
	if near := nearest(name, known); near != "" {
		meant := *p
		meant.env.Args = renamed(p.env.Args, "--"+name, "--"+near)
		next = meant.again().Next()
	}
	return usage(next, "unknown flag: --%s", name)
}

// renamed is a command in which a flag has another name.
func renamed(typed []string, flag, name string) []string {
	args := make([]string, len(typed))
	for i, arg := range typed {
		if args[i] = arg; arg == flag || strings.HasPrefix(arg, flag+"=") {
			args[i] = name + strings.TrimPrefix(arg, flag)
		}
	}
	return args
}

// wantedValue says which value a flag takes instead of the one that it got, and
// what may have been meant.
func wantedValue(flag *pflag.Flag, value string) (wanted, instead string) {
	switch flag.Value.Type() {
	case "duration":
		return "no time such as 90m, 24h, 7d or 2w", cmp.Or(meantTime(value, flag.DefValue), flag.DefValue)
	case "ages":
		return "no age such as 24h, 7d or 24h,stock=1h", cmp.Or(meantTime(value, flag.DefValue), flag.DefValue)
	case "int":
		return "no whole number", ""
	case "bool":
		return "neither true nor false", ""
	}
	return "no value for it", ""
}

// meantTime reads days written out, and numbers alone in the unit of the usual
// value.
func meantTime(value, usual string) string {
	count, unit := strings.TrimRight(value, "days "), strings.TrimLeft(usual, "0123456789")
	if count != value {
		unit = "d"
	}
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 10_000 {
		return ""
	}
	return strconv.Itoa(n) + unit
}

// shortTime shortens a time such as 24h0m0s, and leaves other values of flags alone.
func shortTime(text string) string {
	if _, err := time.ParseDuration(text); err != nil {
		return text
	}
	return health.Trimmed(text)
}
