package stranger

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// scribe writes JSON in all the ways that JSON may be written, on one line.
type scribe struct {
	plain  bool
	random *rand.Rand
	text   []byte
}

func (s *scribe) line(o object) []byte {
	s.text = s.text[:0]
	s.value(o)
	return s.text
}

func (s *scribe) maybe() bool { return !s.plain && s.random.IntN(8) == 0 }

func (s *scribe) blank() {
	if s.maybe() {
		s.text = append(s.text, " \t"[s.random.IntN(2)])
	}
}

func (s *scribe) value(value any) {
	s.blank()
	switch v := value.(type) {
	case nil:
		s.text = append(s.text, "null"...)
	case string:
		s.string(v)
	case object:
		s.object(v)
	case []any:
		s.text = append(s.text, '[')
		for i, one := range v {
			if i > 0 {
				s.text = append(s.text, ',')
			}
			s.value(one)
		}
		s.text = append(s.text, ']')
	case int:
		s.text = strconv.AppendInt(s.text, int64(v), 10)
	case float64:
		s.text = strconv.AppendFloat(s.text, v, 'g', -1, 64)
	case bool:
		s.text = strconv.AppendBool(s.text, v)
	default:
		panic(fmt.Sprintf("stranger: no JSON for %T", value))
	}
	s.blank()
}

func (s *scribe) object(o object) {
	if !s.plain {
		s.random.Shuffle(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
	}
	s.text = append(s.text, '{')
	for i, m := range o {
		if i > 0 {
			s.text = append(s.text, ',')
		}
		s.blank()
		s.string(m.key)
		s.blank()
		s.text = append(s.text, ':')
		s.value(m.value)
	}
	s.text = append(s.text, '}')
}

func (s *scribe) string(text string) {
	s.text = append(s.text, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			s.text = append(s.text, '\\', byte(r))
		case r < ' ' || (r > '~' && r < 0x10000 || strings.ContainsRune("<>&'+", r)) && s.maybe():
			s.text = fmt.Appendf(s.text, `\u%04X`, r)
		case r == '/' && s.plain || r == '/' && s.maybe():
			s.text = append(s.text, '\\', '/')
		case r >= 0x10000 && s.maybe():
			s.text = fmt.Appendf(s.text, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			s.text = append(s.text, string(r)...)
		}
	}
	s.text = append(s.text, '"')
}
