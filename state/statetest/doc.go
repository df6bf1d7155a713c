// Package statetest is the law suite of what keeps the state: whatever engine does, it
// must come to the same. It knows the ports that the use cases ask, and what other
// programs do to rows, and nothing of any engine.
package statetest
