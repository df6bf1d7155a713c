package settings

import "go.yaml.in/yaml/v3"

// lineOf is the line of a setting in the file: the store's own, else the one for all; 0
// when there is none.
func lineOf(text []byte, store, key string) int {
	var document yaml.Node
	if yaml.Unmarshal(text, &document) != nil || len(document.Content) == 0 {
		return 0
	}
	whole := document.Content[0]
	if own := valueOf(valueOf(valueOf(whole, storesKey), store), key); own != nil {
		return own.Line
	}
	if value := valueOf(whole, key); value != nil {
		return value.Line
	}
	return 0
}

// valueOf is the value of a key, nil when there is none.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	if n == nil {
		return nil
	}
	for name, value := range pairs(n) {
		if name.Value == key {
			return value
		}
	}
	return nil
}
