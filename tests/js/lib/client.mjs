// The client package for scripts outside of this folder. Node finds packages by the place of the
// importing file, and only this folder has them installed.

export * from "@assent/client";
