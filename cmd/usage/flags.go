package usage

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// FlagError puts an error of pflag into our words, and suggests what was most likely meant.
func FlagError(typed Line, cmd *cobra.Command, err error) error {
	next := SeeHelp(cmd)
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return unknownFlag(typed, cmd, unknown.GetSpecifiedName())
	case errors.As(err, &invalid):
		flag, value := invalid.GetFlag(), invalid.GetValue()
		wanted, instead := WantedValue(flag, value)
		if instead != "" {
			next = Again("--"+flag.Name, instead)
		}
		return Fault(next, "--%s: %.80q is %s", flag.Name, value, wanted)
	case errors.As(err, &bare):
		return Fault(next, "--%s needs a value", bare.GetFlag().Name)
	}
	return Fault(next, "%s", err)
}

func unknownFlag(typed Line, cmd *cobra.Command, name string) error {
	var known []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { known = append(known, flag.Name) })
	next := SeeHelp(cmd)
	if near := spelling.Nearest(name, known); near != "" {
		next = typed.WithFlagNamed("--"+name, "--"+near).Again().Next()
	}
	return Fault(next, "unknown flag: --%s", name)
}

// WantedValue says what is wrong with a flag's value, and which value may have been meant,
// "" when none comes near.
func WantedValue(flag *pflag.Flag, value string) (wanted, instead string) {
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

// meantTime turns "2 days" and bare numbers, which get the unit of the default, into a time
// that the flag takes; "" for anything else.
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

// shortTime shortens a time such as 24h0m0s, and leaves any other text alone.
func shortTime(text string) string {
	if _, err := time.ParseDuration(text); err != nil {
		return text
	}
	return health.Trimmed(text)
}

// CheckAmounts refuses numbers and durations below zero: no flag has a use for them.
func CheckAmounts(cmd *cobra.Command) error {
	var err error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		amount := slices.Contains([]string{"int", "duration"}, flag.Value.Type())
		if amount && strings.HasPrefix(flag.Value.String(), "-") {
			err = Fault(SeeHelp(cmd), "--%s cannot be below zero, as %s is", flag.Name, shortTime(flag.Value.String()))
		}
	})
	return err
}
