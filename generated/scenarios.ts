// Do not edit: written from spec/ by `npm run generate`.

import type { components } from './control-api.ts';

/** The state in which a world begins. */
export interface Scenario {
  readonly holds: string;
  readonly try: string;
  readonly see: string;
  readonly seed: components['schemas']['Seed'];
  readonly crowd?: { readonly groups: number; readonly members: number };
  /** A profile of faults. */
  readonly faults?: string;
}

export type ScenarioName = 'empty' | 'first-roster' | 'month-end' | 'blocked' | 'plan-change-trap' | 'thousand-groups' | 'five-thousand-members' | 'rate-limited' | 'outage';

/** Every scenario by name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  "empty": {
    "holds": "No groups.",
    "try": "Create a group with an `external_reference_id`, create it again, then list groups by that reference.",
    "see": "A 201, a 409, and the one group.",
    "seed": {
      "organizations": [],
      "outside_subscriptions": []
    }
  },
  "first-roster": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme, with nobody in it.",
    "try": "Find the group by its reference, send it `spec/examples/employer/2026-01.json` and poll; send the same again.",
    "see": "18 added; the second time nobody is added or removed.",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery"
            }
          ]
        }
      ],
      "outside_subscriptions": []
    }
  },
  "month-end": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme with its 21 members of February.",
    "try": "Send `spec/examples/employer/2026-03.json`, where one joins and two leave, then `2026-04.json`, where one of them returns.",
    "see": "One added and two removed; then one added, with the member id that was removed in March.",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery",
              "members": [
                {
                  "reference_id": "emp-0101",
                  "first_name": "Marguerite",
                  "last_name": "Oakhollow",
                  "date_of_birth": "1961-03-08",
                  "email": "marguerite.oakhollow@example.com",
                  "phone": "7175550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "14 Kiln Lane",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0102",
                  "first_name": "Łukasz",
                  "last_name": "Wieczorkowski",
                  "date_of_birth": "1979-11-21",
                  "email": "lukasz.wieczorkowski@example.com",
                  "phone": "7175550111",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "231 Tollgate Street",
                    "address_line_2": "Apt 3",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0104",
                  "first_name": "Zoë",
                  "last_name": "Harkavy",
                  "date_of_birth": "1994-07-02",
                  "email": "zoe.harkavy@example.com",
                  "phone": "7175550112",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "8 Millstone Court",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603-4410"
                  }
                },
                {
                  "reference_id": "emp-0105",
                  "first_name": "Desmond",
                  "last_name": "Pettibone",
                  "date_of_birth": "1968-01-30",
                  "phone": "7175550113",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "77 Granite Hill Road",
                    "address_line_2": null,
                    "city": "Lititz",
                    "state": "PA",
                    "zipcode": "17543"
                  }
                },
                {
                  "reference_id": "emp-0107",
                  "first_name": "Araceli",
                  "last_name": "Nuñez",
                  "date_of_birth": "1990-05-17",
                  "email": "araceli.nunez@example.com",
                  "phone": "7175550114",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "402 Ropewalk Street",
                    "address_line_2": "Floor 2",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0108",
                  "first_name": "Fionnuala",
                  "last_name": "O'Brien",
                  "date_of_birth": "1985-09-12",
                  "email": "fobrien@example.com",
                  "phone": "7175550115",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "19 Larkfield Avenue",
                    "city": "Ephrata",
                    "state": "PA",
                    "zipcode": "17522"
                  }
                },
                {
                  "reference_id": "emp-0110",
                  "first_name": "Thanh",
                  "last_name": "Đỗ",
                  "date_of_birth": "1973-12-04",
                  "email": null,
                  "phone": "7175550116",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "560 Quince Street",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0111",
                  "first_name": "Ifeoma",
                  "last_name": "Adichukwu",
                  "date_of_birth": "1997-04-26",
                  "email": "ifeoma.adichukwu@example.com",
                  "phone": "7175550117",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "33 Sycamore Mews",
                    "address_line_2": "Unit 12",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0112",
                  "first_name": "Gideon",
                  "last_name": "Strassburger",
                  "date_of_birth": "1958-10-15",
                  "email": "gideon.strassburger@example.com",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "1208 Old Forge Road",
                    "city": "Strasburg",
                    "state": "PA",
                    "zipcode": "17579"
                  }
                },
                {
                  "reference_id": "emp-0114",
                  "first_name": "Samira",
                  "last_name": "Benhaddou",
                  "date_of_birth": "1992-02-29",
                  "email": "samira.benhaddou@example.com",
                  "phone": "7175550118",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "6 Baxter Row",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0115",
                  "first_name": "Tobias",
                  "last_name": "Rentschler",
                  "date_of_birth": "1983-06-09",
                  "email": "tobias.rentschler@example.com",
                  "phone": "7175550119",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "95 Cloverleaf Drive",
                    "city": "Millersville",
                    "state": "PA",
                    "zipcode": "17551-1023"
                  }
                },
                {
                  "reference_id": "emp-0117",
                  "first_name": "Hyejin",
                  "last_name": "Paek",
                  "date_of_birth": "1988-08-23",
                  "email": "hyejin.paek@example.com",
                  "phone": "7175550120",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "410 Tinsmith Way",
                    "address_line_2": "Apt 5C",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0118",
                  "first_name": "Delphine",
                  "last_name": "Marchbanks",
                  "date_of_birth": "1991-01-11",
                  "email": "delphine.marchbanks@example.com",
                  "phone": "7175550121",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "27 Wicker Street",
                    "address_line_2": "Apt 1",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0119",
                  "first_name": "Prakash",
                  "last_name": "Venkataraghavan",
                  "date_of_birth": "1976-03-19",
                  "email": "prakash.v@example.com",
                  "phone": "7175550122",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "844 Hearthstone Lane",
                    "address_line_2": null,
                    "city": "Mount Joy",
                    "state": "PA",
                    "zipcode": "17552"
                  }
                },
                {
                  "reference_id": "emp-0121",
                  "first_name": "Loretta",
                  "last_name": "Finchley",
                  "date_of_birth": "1965-07-28",
                  "email": "loretta.finchley@example.com",
                  "phone": "7175550123",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "3 Pump House Road",
                    "city": "Columbia",
                    "state": "PA",
                    "zipcode": "17512"
                  }
                },
                {
                  "reference_id": "emp-0122",
                  "first_name": "Emeka",
                  "last_name": "Obiora-Lane",
                  "date_of_birth": "2001-10-06",
                  "email": "emeka.obioralane@example.com",
                  "phone": "7175550124",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "150 Harness Street",
                    "address_line_2": "Unit B",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0123",
                  "first_name": "Kaimana",
                  "last_name": "Akeleo",
                  "date_of_birth": "1999-05-31",
                  "email": "kaimana.akeleo@example.com",
                  "phone": "8085550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "61 Orchard Bend",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0124",
                  "first_name": "Ruth Ann",
                  "last_name": "Zimmerlin",
                  "date_of_birth": "1970-09-03",
                  "email": "ruthann.zimmerlin@example.com",
                  "phone": "7175550125",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "2290 Meadow Spring Road",
                    "city": "Leola",
                    "state": "PA",
                    "zipcode": "17540"
                  }
                },
                {
                  "reference_id": "emp-0126",
                  "first_name": "Jorge Luis",
                  "last_name": "Arechavala",
                  "date_of_birth": "1987-12-20",
                  "email": "jorge.arechavala@example.com",
                  "phone": "6105550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "518 Weighbridge Street",
                    "address_line_2": "Apt 2R",
                    "city": "Reading",
                    "state": "PA",
                    "zipcode": "19601"
                  }
                },
                {
                  "reference_id": "emp-0127",
                  "first_name": "Bronwyn",
                  "last_name": "Tregarthen",
                  "date_of_birth": "1995-03-14",
                  "email": "bronwyn.tregarthen@example.com",
                  "phone": "7175550126",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "72 Wheatsheaf Avenue",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0129",
                  "first_name": "Nikolai",
                  "last_name": "Vasilenkov",
                  "date_of_birth": "1981-02-07",
                  "email": "nikolai.vasilenkov@example.com",
                  "phone": "2675550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "11 Cask Alley",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603-2251"
                  }
                }
              ]
            }
          ]
        }
      ],
      "outside_subscriptions": []
    }
  },
  "blocked": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme, with nobody in it, and Zoë Harkavy, subscribed under an organization elsewhere.",
    "try": "Send `spec/examples/employer/2026-01.json`. Then let her go elsewhere (`POST /_mock/worlds/main/people/1/unsubscribe`) and send it again.",
    "see": "17 added and `emp-0104` in `failures`; then she is added.",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery"
            }
          ]
        }
      ],
      "outside_subscriptions": [
        {
          "first_name": "Zoë",
          "last_name": "Harkavy",
          "date_of_birth": "1994-07-02",
          "email": "zoe.harkavy@example.com"
        }
      ]
    }
  },
  "plan-change-trap": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme with its 21 members of April, `emp-0107` on Primary Care.",
    "try": "Send `spec/examples/employer/2026-05.json`, where `emp-0107` names the other plan, then `2026-06.json`, where she is left out on purpose, then `2026-07.json`, where she is back. (`emp-0132`, in May and June, is blocked.)",
    "see": "Nobody is added in May and she stays on the old plan; in June she is removed; in July she is added on the new plan.",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery",
              "members": [
                {
                  "reference_id": "emp-0101",
                  "first_name": "Marguerite",
                  "last_name": "Oakhollow",
                  "date_of_birth": "1961-03-08",
                  "email": "marguerite.oakhollow@example.com",
                  "phone": "7175550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "14 Kiln Lane",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0102",
                  "first_name": "Łukasz",
                  "last_name": "Wieczorkowski",
                  "date_of_birth": "1979-11-21",
                  "email": "lukasz.wieczorkowski@example.com",
                  "phone": "7175550111",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "231 Tollgate Street",
                    "address_line_2": "Apt 3",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0104",
                  "first_name": "Zoë",
                  "last_name": "Harkavy",
                  "date_of_birth": "1994-07-02",
                  "email": "zoe.harkavy@example.com",
                  "phone": "7175550112",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "8 Millstone Court",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603-4410"
                  }
                },
                {
                  "reference_id": "emp-0105",
                  "first_name": "Desmond",
                  "last_name": "Pettibone",
                  "date_of_birth": "1968-01-30",
                  "phone": "7175550113",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "77 Granite Hill Road",
                    "address_line_2": null,
                    "city": "Lititz",
                    "state": "PA",
                    "zipcode": "17543"
                  }
                },
                {
                  "reference_id": "emp-0107",
                  "first_name": "Araceli",
                  "last_name": "Nuñez",
                  "date_of_birth": "1990-05-17",
                  "email": "araceli.nunez@example.com",
                  "phone": "7175550114",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "402 Ropewalk Street",
                    "address_line_2": "Floor 2",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0108",
                  "first_name": "Fionnuala",
                  "last_name": "O'Brien",
                  "date_of_birth": "1985-09-12",
                  "email": "fobrien@example.com",
                  "phone": "7175550115",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "19 Larkfield Avenue",
                    "city": "Ephrata",
                    "state": "PA",
                    "zipcode": "17522"
                  }
                },
                {
                  "reference_id": "emp-0110",
                  "first_name": "Thanh",
                  "last_name": "Đỗ",
                  "date_of_birth": "1973-12-04",
                  "email": null,
                  "phone": "7175550116",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "560 Quince Street",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0111",
                  "first_name": "Ifeoma",
                  "last_name": "Adichukwu",
                  "date_of_birth": "1997-04-26",
                  "email": "ifeoma.adichukwu@example.com",
                  "phone": "7175550117",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "33 Sycamore Mews",
                    "address_line_2": "Unit 12",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0112",
                  "first_name": "Gideon",
                  "last_name": "Strassburger",
                  "date_of_birth": "1958-10-15",
                  "email": "gideon.strassburger@example.com",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "1208 Old Forge Road",
                    "city": "Strasburg",
                    "state": "PA",
                    "zipcode": "17579"
                  }
                },
                {
                  "reference_id": "emp-0114",
                  "first_name": "Samira",
                  "last_name": "Benhaddou",
                  "date_of_birth": "1992-02-29",
                  "email": "samira.benhaddou@example.com",
                  "phone": "7175550118",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "6 Baxter Row",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0117",
                  "first_name": "Hyejin",
                  "last_name": "Paek",
                  "date_of_birth": "1988-08-23",
                  "email": "hyejin.paek@example.com",
                  "phone": "7175550120",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "410 Tinsmith Way",
                    "address_line_2": "Apt 5C",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0118",
                  "first_name": "Delphine",
                  "last_name": "Castellan-Rowe",
                  "date_of_birth": "1991-01-11",
                  "email": "delphine.marchbanks@example.com",
                  "phone": "7175550121",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "9 Lamplighter Court",
                    "address_line_2": null,
                    "city": "Elizabethtown",
                    "state": "PA",
                    "zipcode": "17022"
                  }
                },
                {
                  "reference_id": "emp-0119",
                  "first_name": "Prakash",
                  "last_name": "Venkataraghavan",
                  "date_of_birth": "1976-03-19",
                  "email": "prakash.v@example.com",
                  "phone": "7175550122",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "844 Hearthstone Lane",
                    "address_line_2": null,
                    "city": "Mount Joy",
                    "state": "PA",
                    "zipcode": "17552"
                  }
                },
                {
                  "reference_id": "emp-0121",
                  "first_name": "Loretta",
                  "last_name": "Finchley",
                  "date_of_birth": "1965-07-28",
                  "email": "loretta.finchley@example.com",
                  "phone": "7175550123",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "3 Pump House Road",
                    "city": "Columbia",
                    "state": "PA",
                    "zipcode": "17512"
                  }
                },
                {
                  "reference_id": "emp-0122",
                  "first_name": "Emeka",
                  "last_name": "Obiora-Lane",
                  "date_of_birth": "2001-10-06",
                  "email": "emeka.obioralane@example.com",
                  "phone": "7175550124",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "150 Harness Street",
                    "address_line_2": "Unit B",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603"
                  }
                },
                {
                  "reference_id": "emp-0123",
                  "first_name": "Kaimana",
                  "last_name": "Akeleo",
                  "date_of_birth": "1999-05-31",
                  "email": "kaimana.akeleo@example.com",
                  "phone": "8085550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "61 Orchard Bend",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17601"
                  }
                },
                {
                  "reference_id": "emp-0124",
                  "first_name": "Ruth Ann",
                  "last_name": "Zimmerlin",
                  "date_of_birth": "1970-09-03",
                  "email": "ruthann.zimmerlin@example.com",
                  "phone": "7175550125",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "2290 Meadow Spring Road",
                    "city": "Leola",
                    "state": "PA",
                    "zipcode": "17540"
                  }
                },
                {
                  "reference_id": "emp-0126",
                  "first_name": "Jorge Luis",
                  "last_name": "Arechavala",
                  "date_of_birth": "1987-12-20",
                  "email": "jorge.arechavala@example.com",
                  "phone": "6105550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "518 Weighbridge Street",
                    "address_line_2": "Apt 2R",
                    "city": "Reading",
                    "state": "PA",
                    "zipcode": "19601"
                  }
                },
                {
                  "reference_id": "emp-0127",
                  "first_name": "Bronwyn",
                  "last_name": "Tregarthen",
                  "date_of_birth": "1995-03-14",
                  "email": "bronwyn.tregarthen@example.com",
                  "phone": "7175550126",
                  "plan_id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                  "address": {
                    "address_line_1": "72 Wheatsheaf Avenue",
                    "address_line_2": null,
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17602"
                  }
                },
                {
                  "reference_id": "emp-0129",
                  "first_name": "Nikolai",
                  "last_name": "Vasilenkov",
                  "date_of_birth": "1981-02-07",
                  "email": "nikolai.vasilenkov@example.com",
                  "phone": "2675550110",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "11 Cask Alley",
                    "city": "Lancaster",
                    "state": "PA",
                    "zipcode": "17603-2251"
                  }
                },
                {
                  "reference_id": "emp-0130",
                  "first_name": "Anneliese",
                  "last_name": "Götz",
                  "date_of_birth": "2003-06-25",
                  "email": "anneliese.goetz@example.com",
                  "phone": "7175550127",
                  "plan_id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                  "address": {
                    "address_line_1": "305 Pretzel Yard Lane",
                    "address_line_2": null,
                    "city": "Lititz",
                    "state": "PA",
                    "zipcode": "17543"
                  }
                }
              ]
            }
          ]
        }
      ],
      "outside_subscriptions": []
    }
  },
  "thousand-groups": {
    "holds": "1,000 groups of acme, `employer-0001` to `employer-1000`.",
    "try": "Walk the list with `limit=100` until `total_pages`, then ask for page 11, then for `external_reference_id=employer-0500`.",
    "see": "Ten pages with every group once; an empty page; one group.",
    "crowd": {
      "groups": 1000,
      "members": 0
    },
    "seed": {
      "organizations": [],
      "outside_subscriptions": []
    }
  },
  "five-thousand-members": {
    "holds": "A group of acme (`employer-0001`) with 5,000 members, the most that one sync can name.",
    "try": "Send it `spec/examples/roster-250.json`, as if these people were to be added to those who are there.",
    "see": "250 added and 5,000 removed. A roster replaces, it is no list of additions.",
    "crowd": {
      "groups": 1,
      "members": 5000
    },
    "seed": {
      "organizations": [],
      "outside_subscriptions": []
    }
  },
  "rate-limited": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme, with nobody in it; every third request or so is a 429 with `Retry-After`.",
    "try": "Send `spec/examples/employer/2026-01.json` and poll, waiting after each 429 as long as it says.",
    "see": "18 added, as if there had been no limit.",
    "faults": "rate-limited",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery"
            }
          ]
        }
      ],
      "outside_subscriptions": []
    }
  },
  "outage": {
    "holds": "Keystone Bakery (`keystone-bakery`) of acme, with nobody in it; every request is a 503 with `Retry-After`.",
    "try": "Send `spec/examples/employer/2026-01.json`. Then end the outage (`DELETE /_mock/worlds/main/faults`) and send it again.",
    "see": "A 503 that left nothing behind, then 18 added.",
    "faults": "outage",
    "seed": {
      "organizations": [
        {
          "slug": "acme",
          "groups": [
            {
              "name": "Keystone Bakery",
              "external_reference_id": "keystone-bakery"
            }
          ]
        }
      ],
      "outside_subscriptions": []
    }
  }
};
