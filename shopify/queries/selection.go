package queries

import (
	"strings"
)

// withoutFields returns a document without fields, named as TYPE.FIELD, and without what is
// selected below them. A field whose selection becomes empty is left out too; "" means that
// nothing is left.
func withoutFields(text string, fields map[string]bool) string {
	s := selection{text: text, fields: fields}
	s.copyDocument()
	if s.kept == 0 {
		return ""
	}
	return s.made.String()
}

// selection copies what stays of a document. It understands the documents of this package, not
// all of GraphQL.
type selection struct {
	text   string
	fields map[string]bool
	at     int
	made   strings.Builder
	kept   int // fields of the outermost selection that stay
}

func (s *selection) copyDocument() {
	root := "QueryRoot"
	for s.at < len(s.text) {
		from := s.at
		switch s.skipBlank(); {
		case s.at == len(s.text):
		case s.text[s.at] == '{':
			s.at++
			s.made.WriteString(s.text[from:s.at])
			body, kept := s.keptBody(root)
			s.made.WriteString(body)
			s.kept += kept
			root = "QueryRoot"
			continue
		case s.text[s.at] == '(':
			s.skipArguments()
		default:
			root = s.rootOf(root)
		}
		s.made.WriteString(s.text[from:s.at])
	}
}

// rootOf steps over a word before a selection, and returns the type of the selection.
func (s *selection) rootOf(before string) string {
	switch s.takeWord() {
	case "mutation":
		return "Mutation"
	case "on":
		return s.nextWord()
	}
	return before
}

// keptBody returns what stays of a selection, from behind its opening bracket to its closing
// one, and of how many fields.
func (s *selection) keptBody(of string) (string, int) {
	var made strings.Builder
	kept := 0
	for {
		from := s.at
		s.skipBlank()
		if s.text[s.at] == '}' {
			s.at++
			made.WriteString(s.text[from:s.at])
			return made.String(), kept
		}
		blank := s.text[from:s.at]
		if field := s.keptField(of); field != "" {
			made.WriteString(blank + field)
			kept++
		}
	}
}

// keptField returns what stays of a field or fragment, "" for nothing.
func (s *selection) keptField(of string) string {
	from := s.at
	name := s.takeWord()
	into := typeOf(of, name)
	switch {
	case name == "..." && s.nextWord() == "on":
		into = s.nextWord()
	case s.at < len(s.text) && s.text[s.at] == ':':
		s.at++
		name = s.nextWord()
		into = typeOf(of, name)
	}
	if s.at < len(s.text) && s.text[s.at] == '(' {
		s.skipArguments()
	}
	head, behind := s.text[from:s.at], s.at
	if s.skipBlank(); s.at == len(s.text) || s.text[s.at] != '{' {
		s.at = behind
		if s.fields[of+"."+name] {
			return ""
		}
		return head
	}
	s.at++
	body, kept := s.keptBody(into)
	if s.fields[of+"."+name] || kept == 0 {
		return ""
	}
	return head + " {" + body
}

// skipBlank steps over blanks and comments.
func (s *selection) skipBlank() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\n', '\t', '\r', ',':
			s.at++
		case '#':
			if end := strings.IndexByte(s.text[s.at:], '\n'); end >= 0 {
				s.at += end
			} else {
				s.at = len(s.text)
			}
		default:
			return
		}
	}
}

// takeWord steps over a name, three dots, or one other byte.
func (s *selection) takeWord() string {
	from := s.at
	for s.at < len(s.text) && isWord(s.text[s.at]) {
		s.at++
	}
	if s.at == from {
		s.at++
		if strings.HasPrefix(s.text[from:], "...") {
			s.at = from + len("...")
		}
	}
	return s.text[from:s.at]
}

// nextWord steps over blanks and a word.
func (s *selection) nextWord() string {
	s.skipBlank()
	return s.takeWord()
}

func isWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}

// skipArguments steps over the arguments of a field.
func (s *selection) skipArguments() {
	s.at += strings.IndexByte(s.text[s.at:], ')') + 1
}

// typeOf returns the type of the records of a field, as far as it has fields that may be left
// out. A connection has the type of its records.
func typeOf(of, field string) string {
	if field == "nodes" || field == "edges" || field == "node" {
		return of
	}
	if of == "Video" || of == "Model3d" {
		return map[string]string{"Video": "VideoSource", "Model3d": "Model3dSource"}[of]
	}
	return map[string]string{
		"products": "Product", "product": "Product",
		"productVariants": "ProductVariant", "productVariant": "ProductVariant", "variants": "ProductVariant",
		"inventoryItems": "InventoryItem", "inventoryItem": "InventoryItem", "seo": "SEO", "media": "Media",
		"collections": "Collection", "collection": "Collection", "locations": "Location", "location": "Location",
	}[field]
}
