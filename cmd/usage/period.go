package usage

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/connector/health"
)

// period is a duration as people type it: 90m, 24h, 1d, 2w, 1d12h.
type period time.Duration

// AddPeriod adds a flag for a duration that may be typed in days and weeks.
func AddPeriod(flags *pflag.FlagSet, into *time.Duration, name string, usual time.Duration, help string) {
	*into = usual
	flags.Var((*period)(into), name, help)
}

// Set reads the text of the flag.
func (p *period) Set(text string) error {
	read, err := ParsePeriod(text)
	*p = period(read)
	return err
}

// String is the shortest way to type the period.
func (p *period) String() string { return health.Trimmed(time.Duration(*p).String()) }

// Type is the name of the kind of flag, for FlagError.
func (p *period) Type() string { return "duration" }

const (
	day  = 24 * time.Hour
	week = 7 * day
)

var (
	daysFirst = regexp.MustCompile(`^(?:(\d+)w)?(?:(\d+)d)?`)
	errPeriod = errors.New("it is no time such as 90m, 24h, 7d or 2w")
)

// ParsePeriod reads a duration such as 90m, 7d or 1w2d12h: weeks and days, then what
// time.ParseDuration takes.
func ParsePeriod(text string) (time.Duration, error) {
	unsigned, below := strings.CutPrefix(text, "-")
	found := daysFirst.FindStringSubmatch(unsigned)
	total := time.Duration(0)
	for i, unit := range []time.Duration{week, day} {
		n, err := strconv.ParseInt("0"+found[i+1], 10, 32)
		if err != nil || time.Duration(n) > maxPeriod/unit {
			return 0, errPeriod
		}
		total += time.Duration(n) * unit
	}
	if rest := unsigned[len(found[0]):]; rest != "" {
		more, err := time.ParseDuration(rest)
		if err != nil || more < 0 {
			return 0, errPeriod
		}
		total += more
	} else if found[0] == "" {
		return 0, errPeriod
	}
	if below {
		total = -total
	}
	return total, nil
}

// maxPeriod keeps the sum of weeks, days and the rest from overflowing a time.Duration.
const maxPeriod = 90 * 365 * day
