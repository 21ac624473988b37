/** Assigned area codes, since a service may check the numbering plan: Pennsylvania, Delaware, New Jersey, New York, Maryland. */
export const areaCodes = [
  ...[215, 223, 267, 272, 412, 445, 484, 570, 582, 610, 717, 724, 814, 835, 878],
  ...[302, 201, 551, 609, 640, 732, 848, 856, 862, 908, 973],
  ...[212, 315, 332, 347, 516, 518, 585, 607, 631, 646, 680, 716, 718, 838, 845, 914, 917, 929, 934],
  ...[227, 240, 301, 410, 443, 667],
];
