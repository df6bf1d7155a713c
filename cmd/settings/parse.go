package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/eshopos/eshopctl/connector"
)

// storesKey is the key that holds settings for single stores, by their names.
const storesKey = "stores"

// parse reads the text of a configuration file into values by their keys. Anything unknown
// is refused, because a mistyped guard would guard nothing. The keys neverEmpty must not be
// empty.
func parse(text []byte, known, neverEmpty []string) (map[string]any, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, errors.New("it goes on after the end of the first document")
	}
	settings := map[string]any{}
	for key, value := range pairs(document.Content[0]) {
		var err error
		if key.Value == storesKey {
			settings[storesKey], err = parseStores(value, known, neverEmpty)
		} else {
			err = takeSetting(settings, key, value, known, neverEmpty)
		}
		if err != nil {
			return nil, err
		}
	}
	return settings, checkPairs(document.Content[0], "the file")
}

func parseStores(stores *yaml.Node, known, neverEmpty []string) (map[string]any, error) {
	all := map[string]any{}
	for name, value := range pairs(stores) {
		if !connector.IsStoreName(name.Value) {
			return nil, fmt.Errorf("line %d: %.80q cannot be the name of a store", name.Line, name.Value)
		}
		own := map[string]any{}
		for key, value := range pairs(value) {
			if err := takeSetting(own, key, value, known, neverEmpty); err != nil {
				return nil, fmt.Errorf("%w, below stores: %s", err, name.Value)
			}
		}
		if err := checkPairs(value, "stores: "+name.Value); err != nil {
			return nil, err
		}
		all[name.Value] = own
	}
	return all, checkPairs(stores, storesKey)
}

// takeSetting adds one setting. A key without a value is not set.
func takeSetting(settings map[string]any, key, value *yaml.Node, known, neverEmpty []string) error {
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	switch {
	case key.Kind != yaml.ScalarNode || !slices.Contains(known, key.Value):
		return fmt.Errorf("line %d: unknown key %.80q", key.Line, key.Value)
	case value.Kind != yaml.ScalarNode || !slices.Contains(plainTags, value.ShortTag()):
		return fmt.Errorf("line %d: %s must be one plain value", value.Line, key.Value)
	case slices.Contains(neverEmpty, key.Value) && (value.ShortTag() == "!!null" || strings.TrimSpace(value.Value) == ""):
		return fmt.Errorf("line %d: %s is empty; give it a value, or leave the line out", value.Line, key.Value)
	case value.ShortTag() == "!!null":
		return nil
	}
	settings[key.Value] = value.Value
	return nil
}

// plainTags are the YAML types of values that are written without a tag.
var plainTags = []string{"!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp"}

// pairs yields the keys and values of a mapping, and nothing for any other node.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// checkPairs refuses a node that is neither a mapping nor empty, and a key that comes
// twice.
func checkPairs(n *yaml.Node, what string) error {
	seen := map[string]bool{}
	for key := range pairs(n) {
		if seen[key.Value] {
			return fmt.Errorf("line %d: %.80q comes twice", key.Line, key.Value)
		}
		seen[key.Value] = true
	}
	if n.Kind == yaml.MappingNode || n.ShortTag() == "!!null" {
		return nil
	}
	return fmt.Errorf("line %d: %s must hold settings, each KEY: VALUE", n.Line, what)
}
