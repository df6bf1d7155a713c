package graph

import (
	"encoding/json"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
)

// maxArrayInput is the longest list that Shopify takes as an argument.
const maxArrayInput = 250

// CoerceVariables checks the variables of a request and fills in the defaults.
func CoerceVariables(schema *ast.Schema, op *ast.OperationDefinition, given map[string]any) (map[string]any, []Failure) {
	var failures []Failure
	for _, def := range op.VariableDefinitions {
		value, present := given[def.Variable]
		if problem := variableProblem(schema, def, value, present); problem != "" {
			failures = append(failures, invalidVariable(def, value, problem))
		}
	}
	if len(failures) > 0 {
		return nil, failures
	}
	variables, err := validator.VariableValues(schema, op, given)
	if err != nil {
		return nil, []Failure{{Message: err.Error(), Extensions: map[string]any{"code": "INVALID_VARIABLE"}}}
	}
	return variables, nil
}

func invalidVariable(def *ast.VariableDefinition, value any, problem string) Failure {
	return Failure{
		Message:   fmt.Sprintf("Variable $%s of type %s was provided invalid value", def.Variable, def.Type),
		Locations: placesOf(def.Position),
		Extensions: map[string]any{
			"code": "INVALID_VARIABLE", "value": value,
			"problems": []any{map[string]any{"path": []any{}, "explanation": problem}},
		},
	}
}

// variableProblem says what is wrong with the value of a variable, or nothing.
func variableProblem(schema *ast.Schema, def *ast.VariableDefinition, value any, present bool) string {
	if !present && (def.DefaultValue != nil || !def.Type.NonNull) {
		return ""
	}
	if named := schema.Types[def.Type.Name()]; named != nil && named.Kind == ast.InputObject {
		return ""
	}
	return valueProblem(schema, def.Type, value)
}

func valueProblem(schema *ast.Schema, want *ast.Type, value any) string {
	if value == nil {
		if want.NonNull {
			return "Expected value to not be null"
		}
		return ""
	}
	if want.Elem != nil {
		items, isList := value.([]any)
		if !isList {
			return valueProblem(schema, want.Elem, value)
		}
		for _, item := range items {
			if problem := valueProblem(schema, want.Elem, item); problem != "" {
				return problem
			}
		}
		return ""
	}
	return scalarProblem(schema.Types[want.NamedType], value)
}

func scalarProblem(def *ast.Definition, value any) string {
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	_, isFlag := value.(bool)
	fits := false
	switch {
	case def == nil:
		return ""
	case def.Kind == ast.Enum:
		if isText && def.EnumValues.ForName(text) == nil {
			return fmt.Sprintf("Expected %q to be one of: %s", text, enumNames(def))
		}
		fits = isText
	case def.Name == "ID":
		if isText && !gid.IsGlobal(text) {
			return fmt.Sprintf("Invalid global id '%s'", text)
		}
		fits = isText
	case def.Name == "Int":
		_, err := number.Int64()
		fits = isNumber && err == nil
	case def.Name == "Float":
		fits = isNumber
	case def.Name == "Boolean":
		fits = isFlag
	default:
		fits = isText
	}
	if fits {
		return ""
	}
	return fmt.Sprintf("Could not coerce value %v to %s", value, def.Name)
}

func enumNames(def *ast.Definition) string {
	names := ""
	for i, value := range def.EnumValues {
		if i > 0 {
			names += ", "
		}
		names += value.Name
	}
	return names
}

// Arguments are the values of a field's arguments, defaults included.
type Arguments map[string]any

// Text is a String, ID or enum argument, "" when it is missing or null.
func (a Arguments) Text(name string) string {
	text, _ := a[name].(string)
	return text
}

// Flag is a Boolean argument, false when it is missing or null.
func (a Arguments) Flag(name string) bool {
	flag, _ := a[name].(bool)
	return flag
}

// Number is an Int argument, and whether it was given and not null.
func (a Arguments) Number(name string) (int, bool) {
	switch n := a[name].(type) {
	case int64:
		return int(n), true
	case int:
		return n, true
	case float64:
		return int(n), true
	}
	return 0, false
}

// Texts is an argument that lists texts; a single one counts as a list.
func (a Arguments) Texts(name string) []string {
	switch list := a[name].(type) {
	case []any:
		texts := make([]string, 0, len(list))
		for _, item := range list {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	case []string:
		return list
	case string:
		return []string{list}
	}
	return nil
}

// longestList is the length of the longest list among the arguments.
func (a Arguments) longestList() int {
	longest := 0
	for _, value := range a {
		if list, ok := value.([]any); ok {
			longest = max(longest, len(list))
		}
	}
	return longest
}
