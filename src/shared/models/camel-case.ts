/** A name of the API as the name of a method: `listen-later` becomes `listenLater`. */
export function camelCase(name: string): string {
  return name.replace(/[-_\s]+(.)/gu, (_, letter: string) => letter.toUpperCase());
}
