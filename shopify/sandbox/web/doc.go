// Package web has what all answers outside GraphQL share: their JSON, their refusals, and the random digits
// of what must not be guessed. It imports nothing of ours.
package web
