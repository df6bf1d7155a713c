package stranger

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"
)

// field is a field of a query, or a spread of more fields for some type.
type field struct {
	key, name string
	arguments map[string]string // as they are written
	fields    []field
	on        string // type of a spread
	spread    string // name of a fragment
}

var tokens = regexp.MustCompile(`#[^\n]*|"(?:[^"\\]|\\.)*"|\.\.\.|[\w$-]+|[{}()\[\]:!=]`)

// reader reads a query that is known to be good.
type reader struct {
	words     []string
	fragments map[string][]field
}

// parse gives the selection of the only operation of a document.
func parse(text string) (selection []field) {
	r := &reader{fragments: map[string][]field{}}
	for _, word := range tokens.FindAllString(text, -1) {
		if word[0] != '#' {
			r.words = append(r.words, word)
		}
	}
	for len(r.words) > 0 {
		if r.words[0] == "fragment" {
			name := r.words[1]
			r.words = r.words[4:]
			r.fragments[name] = r.selection()
			continue
		}
		for r.words[0] != "{" {
			if r.next() == "(" {
				r.skip(")")
			}
		}
		selection = r.selection()
	}
	return r.filled(selection)
}

func (r *reader) next() string {
	word := r.words[0]
	r.words = r.words[1:]
	return word
}

func (r *reader) take(word string) bool {
	if len(r.words) == 0 || r.words[0] != word {
		return false
	}
	r.next()
	return true
}

func (r *reader) skip(to string) {
	for r.next() != to {
	}
}

func (r *reader) selection() (fields []field) {
	r.next()
	for !r.take("}") {
		fields = append(fields, r.field())
	}
	return fields
}

func (r *reader) field() field {
	if r.take("...") {
		if r.take("on") {
			return field{on: r.next(), fields: r.selection()}
		}
		return field{spread: r.next()}
	}
	f := field{key: r.next(), arguments: map[string]string{}}
	f.name = f.key
	if r.take(":") {
		f.name = r.next()
	}
	if r.take("(") {
		for !r.take(")") {
			name := r.next()
			r.next()
			value := r.next()
			if value == "[" {
				r.skip("]")
			}
			f.arguments[name] = value
		}
	}
	if len(r.words) > 0 && r.words[0] == "{" {
		f.fields = r.selection()
	}
	return f
}

// filled puts the fields of fragments where they are named.
func (r *reader) filled(fields []field) (all []field) {
	for _, f := range fields {
		if f.spread != "" {
			all = append(all, r.filled(r.fragments[f.spread])...)
			continue
		}
		f.fields = r.filled(f.fields)
		all = append(all, f)
	}
	return all
}

// Node is a record with everything that can be asked for. A list is a connection.
type (
	Node      map[string]any
	arguments map[string]any
	list      struct {
		n  int
		at func(int) Node
	}
)

// object is what is answered for a node.
type (
	object []member
	member struct {
		key   string
		value any
	}
)

// rendering chooses from nodes what was asked for.
type rendering struct {
	variables map[string]any
	extra     bool                      // more than that
	lifted    func(parts list, f field) // takes connections, if they are to stand apart
}

func (r rendering) object(n Node, fields []field) object {
	var o object
	for _, f := range fields {
		switch {
		case f.on != "" && (f.on == n["__typename"] || f.on == "Media"):
			o = append(o, r.object(n, f.fields)...)
		case f.on != "":
		case f.key == "edges": // of what stands apart
		default:
			value := n[f.name]
			if resolve, ok := value.(func(arguments) any); ok {
				value = resolve(r.arguments(f))
			}
			if parts, ok := value.(list); ok && r.lifted != nil {
				r.lifted(parts, f.inner("edges").inner("node"))
				continue
			}
			o = append(o, member{f.key, r.value(value, f)})
		}
	}
	if r.extra {
		o = append(o, member{"adminGraphqlExtra", Node{"nothing": []any{nil, 1.5, "}{"}}.plain()})
	}
	return o
}

func (n Node) plain() object {
	var o object
	for key, value := range n {
		o = append(o, member{key, value})
	}
	return o
}

func (f field) inner(name string) field {
	for _, inner := range f.fields {
		if inner.name == name {
			return inner
		}
	}
	return field{}
}

func (r rendering) value(value any, f field) any {
	switch v := value.(type) {
	case Node:
		return r.object(v, f.fields)
	case []any:
		var all []any
		for _, one := range v {
			all = append(all, r.value(one, f))
		}
		return all
	case list:
		return r.page(v, f)
	}
	return value
}

// page gives a page of a connection. Cursors say nothing to anybody else.
func (r rendering) page(l list, f field) object {
	a := r.arguments(f)
	size, from := number(a["first"]), 0
	if after, ok := a["after"].(string); ok {
		text, _ := base64.StdEncoding.DecodeString(after)
		from, _ = strconv.Atoi(string(text))
	}
	to := min(from+size, l.n)
	nodes := []any{}
	for i := from; i < to; i++ {
		if n := l.at(i); n != nil {
			nodes = append(nodes, r.object(n, f.inner("nodes").fields))
		}
	}
	var end any
	if to > from {
		end = base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(to)))
	}
	return object{{"pageInfo", object{{"endCursor", end}, {"hasNextPage", to < l.n}}}, {"nodes", nodes}}
}

func number(value any) int {
	switch v := value.(type) {
	case float64:
		return int(v)
	case string:
		n, _ := strconv.Atoi(v)
		return n
	}
	return 0
}

func (r rendering) arguments(f field) arguments {
	values := arguments{}
	for name, text := range f.arguments {
		switch {
		case text[0] == '$':
			if value, ok := r.variables[text[1:]]; ok {
				values[name] = value
			}
		case text[0] == '"':
			var value string
			_ = json.Unmarshal([]byte(text), &value)
			values[name] = value
		default:
			values[name] = text
		}
	}
	return values
}
