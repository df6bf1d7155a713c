package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// limitsFlag is an age for all data, and others for single resources: 24h,stock=1h.
type limitsFlag health.Limits

// Set reads such a list.
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

// String is the list as it may be typed.
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

// addAges adds the flags of commands that judge how old the data is.
func addAges(flags *pflag.FlagSet) {
	usual := health.UsualAges()
	flags.Var((*limitsFlag)(&usual.Warn), "max-age", "`AGE` that the data may have: 24h, or 24h,stock=1h")
	flags.Var((*limitsFlag)(&usual.Fail), "error-age", "`AGE` from which on old data is an error, in the same way")
}

// agesOf are the ages that count for a store: those typed, else those of the
// environment, else its own in the configuration, else those there for all. So
// status, doctor and the metrics of an import judge alike.
func (p *program) agesOf(store string) health.Ages {
	if ages, own := p.config.AgesOf[store]; own {
		return ages
	}
	return p.config.Ages
}

// fillAges reads the ages for all stores and for each that has some of its own.
func (p *program) fillAges(typed map[string]string, file *viper.Viper) error {
	var err error
	if p.config.Ages, err = p.readAges("", typed, file); err != nil {
		return err
	}
	p.config.AgesOf = map[string]health.Ages{}
	for store := range file.GetStringMap("stores") {
		own := file.Sub("stores::" + store)
		if own == nil {
			continue
		}
		if p.config.AgesOf[store], err = p.readAges(store, typed, own, file); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) readAges(store string, typed map[string]string, files ...*viper.Viper) (health.Ages, error) {
	ages := health.UsualAges()
	for name, limits := range map[string]*health.Limits{"max-age": &ages.Warn, "error-age": &ages.Fail} {
		text := typed[name]
		if text == "" {
			text = p.settingOf(name, files...)
		}
		if text == "" {
			continue
		}
		if err := (*limitsFlag)(limits).Set(text); err != nil {
			return ages, usage.Fault(connector.Typed("help environment").Next(), "%s: %.80q cannot be used: %s", p.origin(name, store), text, err)
		}
	}
	return ages, nil
}
