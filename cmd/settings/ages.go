package settings

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// limitsFlag is an age for all data, and others for single resources: 24h,stock=1h.
type limitsFlag health.Limits

// Set reads the text of the flag.
func (f *limitsFlag) Set(text string) error {
	limits := health.Limits{All: f.All, Of: map[connector.Resource]time.Duration{}}
	for part := range strings.SplitSeq(text, ",") {
		resource, typed, single := strings.Cut(strings.Trim(part, " "), "=")
		if !single {
			typed = resource
		}
		age, err := usage.ParsePeriod(typed)
		switch {
		case err != nil || age < 0:
			return errAges
		case single && !slices.Contains(connector.Resources(), connector.Resource(resource)):
			return fmt.Errorf("there is no resource %q", resource)
		case single:
			limits.Of[connector.Resource(resource)] = age
		default:
			limits.All = age
		}
	}
	*f = limitsFlag(limits)
	return nil
}

var errAges = errors.New("it is no age such as 24h, 7d or 24h,stock=1h")

// String is the text of the flag.
func (f *limitsFlag) String() string {
	text := health.Short(f.All)
	for _, resource := range connector.Resources() {
		if own, ok := f.Of[resource]; ok {
			text += "," + string(resource) + "=" + health.Short(own)
		}
	}
	return text
}

// Type is the name by which flags of this kind are known.
func (f *limitsFlag) Type() string { return "ages" }

// AddAges adds --max-age and --error-age.
func AddAges(flags *pflag.FlagSet) {
	usual := health.UsualAges()
	flags.Var((*limitsFlag)(&usual.Warn), "max-age", "`AGE` that the data may have: 24h, or 24h,stock=1h")
	flags.Var((*limitsFlag)(&usual.Fail), "error-age", "`AGE` from which on old data is an error, in the same way")
}

// readAges reads the ages for all stores, and those of each store with settings of its own.
func readAges(l layers, typed map[string]string) (health.Ages, map[string]health.Ages, error) {
	all, err := agesOf(l.of(""), typed)
	if err != nil {
		return all, nil, err
	}
	own := map[string]health.Ages{}
	for _, store := range l.file.stores() {
		if own[store], err = agesOf(l.of(store), typed); err != nil {
			return all, nil, err
		}
	}
	return all, own, nil
}

func agesOf(l layers, typed map[string]string) (health.Ages, error) {
	ages := health.UsualAges()
	for _, age := range []struct {
		flag   string
		limits *health.Limits
	}{{"max-age", &ages.Warn}, {"error-age", &ages.Fail}} {
		text := cmp.Or(typed[age.flag], ageSet(l, age.flag))
		if text == "" {
			continue
		}
		if err := (*limitsFlag)(age.limits).Set(text); err != nil {
			return ages, usage.Fault(connector.Typed("help environment").Next(),
				"%s: %.80q cannot be used: %s", l.originOf(age.flag), text, err)
		}
	}
	return ages, nil
}

// ageSet is the value of an age flag in the environment or configuration. It needs no
// command with that flag.
func ageSet(l layers, name string) string {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.String(name, "", "")
	return l.values(flags).GetString(keyOf(name))
}
