import type { TreeModelOptions } from '../resources/treeParts';

/** The flat list is drawn from what the Resources view is drawn from. */
export type Accounts = TreeModelOptions['accounts'];
export type Clouds = TreeModelOptions['clouds'];
export type Memory = TreeModelOptions['workspace'];
export type Busy = Pick<TreeModelOptions['busy'], 'onDidChange'>;
