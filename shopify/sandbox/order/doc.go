// Package order keeps rows in order: by the id, or by a value and then the id. It imports nothing of ours.
package order
