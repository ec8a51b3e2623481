import { IconBuildingFactory2, IconCoin, IconFlag3, IconSitemap, IconTagMinus, IconTagPlus, IconTrash, IconUserCheck } from '@tabler/icons-react';

/** What can be done to many partners at once (R39, R121); the first ones stand in the bar, the others in its menu. */
export const bulkActions = [
  { name: 'setStage', icon: IconFlag3, key: 's' },
  { name: 'setOwner', icon: IconUserCheck, key: 'o' },
  { name: 'addTags', icon: IconTagPlus, key: 't' },
  { name: 'removeTags', icon: IconTagMinus },
  { name: 'setIndustry', icon: IconBuildingFactory2 },
  { name: 'setDepartment', icon: IconSitemap },
  { name: 'setCreditLimit', icon: IconCoin },
  { name: 'delete', icon: IconTrash },
] as const;

export type BulkName = (typeof bulkActions)[number]['name'];

/** How many of them the bar itself has. */
export const inBar = 3;
