export function dispatchText(url: string): Promise<string>;
export function closePools(): Promise<void>;
