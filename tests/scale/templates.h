/* What reports.c makes news of: kinds of incidents, each in several ways of telling, and what reporters
 * add to them. All sentences are ours. In braces stand the parts of a scene that reports.c fills in. */
#ifndef ANNALS_TESTS_TEMPLATES_H
#define ANNALS_TESTS_TEMPLATES_H

#include <stdbool.h>
#include <stdint.h>

enum { TELLINGS = 4 };

struct kind {
    bool deadly; /* there is a toll */
    const char *titles[TELLINGS], *leads[TELLINGS], *details[TELLINGS];
};

static const struct kind kinds[] = {
    {true,
     {"Bomb kills {killed} in {town}", "{town} bombing leaves {killed} dead", "Blast hits {target} in {town}",
      "Car bomb explodes near {target} in {town}"},
     {"A car bomb exploded near {target} in {town} on {weekday}, killing at least {killed} people and wounding "
      "{wounded}.",
      "At least {killed} people were killed and {wounded} others injured on {weekday} when a bomb went off outside "
      "{target} in the {quarter} district of {town}.",
      "A blast tore through {target} in {town}, {country}, on {weekday}, {official} said, killing {killed}.",
      "{group} bombed {target} in {town} on {date}, killing {killed} people, the police said."},
     {"The explosives had been hidden in a delivery van parked beside {target}.",
      "Windows were shattered as far away as {quarter}, where {wounded} people were treated for cuts.",
      "A second device was found nearby and defused by army engineers.",
      "The driver of the car was killed on the spot, investigators said."}},
    {true,
     {"{killed} soldiers die in ambush near {town}", "{group} ambushes convoy outside {town}",
      "Army convoy attacked on {town} road", "Ambush in {country} kills {killed}"},
     {"{group} fighters ambushed an army convoy on the road to {town} on {weekday}, killing {killed} soldiers.",
      "Gunmen of {group} opened fire on a military convoy near {town} on {date}, and {killed} soldiers died.",
      "{killed} soldiers were killed and {wounded} wounded on {weekday} when rebels attacked their convoy outside "
      "{town}, {official} said.",
      "The {army} lost {killed} men in an ambush near {town} on {weekday}, a military spokesman said."},
     {"The attackers seized two trucks and a quantity of ammunition before they withdrew into the hills.",
      "Helicopters were sent to evacuate the wounded to {other}.",
      "Three vehicles were destroyed by rocket-propelled grenades.",
      "The convoy had been carrying food and fuel to the garrison at {other}."}},
    {true,
     {"Shells fall on {town}", "{killed} civilians die as {town} is shelled", "Artillery pounds {quarter}",
      "Mortar fire kills {killed} in {town}"},
     {"The {army} shelled {town} on {weekday}, killing {killed} civilians, residents said.",
      "Mortar rounds fired by {group} struck {target} in {town} on {date} and killed {killed} people.",
      "Shelling of the {quarter} district of {town} killed at least {killed} people and wounded {wounded} on "
      "{weekday}.",
      "Artillery fire hit {target} in {town} on {weekday}, {official} said, and {killed} people lost their lives."},
     {"More than a dozen shells landed within an hour, and several houses burned down.",
      "Families fled towards {other} on foot.",
      "Doctors at the hospital of {town} said they had run out of blood.",
      "The guns fell silent only after dark."}},
    {true,
     {"Air strike kills {killed} in {town}", "Warplanes bomb {town}", "Jets strike {target} near {town}",
      "{killed} reported dead in raid on {town}"},
     {"Warplanes of the {army} bombed {target} in {town} on {weekday}, killing {killed} people.",
      "An air strike on {town} killed at least {killed} people on {date}, according to {official}.",
      "Jets attacked positions of {group} near {town} on {weekday}; {killed} fighters were killed, the army said.",
      "{killed} people died on {weekday} when an air strike hit {target} in the {quarter} quarter of {town}."},
     {"Rescue workers pulled {wounded} people out of the rubble.",
      "The army said that {group} had used the building as a command post.",
      "The planes returned twice, witnesses said.", "A school next to it was damaged."}},
    {true,
     {"Raid on {town} leaves {killed} dead", "Gunmen storm {target} in {town}", "{group} attacks {town}",
      "Attack on {target} repelled in {town}"},
     {"Gunmen stormed {target} in {town} on {weekday} and killed {killed} people.",
      "{group} attacked {target} in {town} before dawn on {date}, killing {killed} guards, {official} said.",
      "Fighters of {group} raided {town} on {weekday}, killed {killed} villagers and burned houses.",
      "Troops repelled an attack by {group} on {town} on {weekday}, in which {killed} people were killed."},
     {"The gun battle lasted about three hours.", "The attackers came in pickup trucks from the direction of {other}.",
      "{wounded} people were hurt, among them two children.", "Shops in {quarter} were looted."}},
    {true,
     {"Clashes near {town} kill {killed}", "Fighting flares around {town}", "Battle for {town} enters second week",
      "{killed} dead as army and rebels fight in {town}"},
     {"Fighting between the {army} and {group} around {town} killed {killed} people on {weekday}.",
      "The {army} clashed with {group} in the {quarter} district of {town} on {date}, and {killed} fighters were "
      "killed.",
      "Heavy clashes broke out in {town} on {weekday} between government troops and {group}, leaving {killed} dead.",
      "At least {killed} soldiers and rebels died in fighting near {town} on {weekday}, {official} said."},
     {"Residents said the rebels had been driven out of two villages.", "The road to {other} was cut.",
      "{wounded} wounded soldiers were taken to the military hospital in {other}.",
      "Both sides said that they had advanced."}},
    {true,
     {"Official shot dead in {town}", "Gunmen kill judge in {town}", "Councillor murdered in {quarter}",
      "Mayor's deputy assassinated in {town}"},
     {"Gunmen on a motorcycle shot dead {victim}, a judge, in {town} on {weekday}.",
      "{victim}, a member of the town council of {town}, was assassinated outside his home on {date}.",
      "Two men killed {victim}, the deputy mayor of {town}, on {weekday}, the police said.",
      "{group} said that it had killed {victim}, a prosecutor, in the {quarter} district of {town} on {weekday}."},
     {"His driver and a guard were wounded.", "The killers escaped on foot through the market.",
      "He had received threats for months, his family said.", "It was the third such murder in {town} this year."}},
    {false,
     {"Aid workers kidnapped near {town}", "{group} seizes hostages in {town}", "Doctor abducted in {town}",
      "Engineers taken hostage outside {town}"},
     {"Armed men kidnapped {few} aid workers on the road between {town} and {other} on {weekday}.",
      "{group} abducted {few} engineers from a building site near {town} on {date}, {official} said.",
      "{victim}, a doctor at the hospital of {town}, was kidnapped by unknown gunmen on {weekday}.",
      "{group} took {few} bus passengers hostage outside {town} on {weekday}."},
     {"A ransom has been demanded, a relative said.", "Their car was found burned out near {other}.",
      "Soldiers are searching the villages around {town}.", "The hostages were led away into the forest."}},
    {false,
     {"Thousands protest in {town}", "Police break up march in {town}", "Students demonstrate in {town}",
      "Strike shuts down {town}"},
     {"Thousands of people marched through {town} on {weekday} to demand the resignation of the government.",
      "Police fired tear gas at demonstrators in the {quarter} district of {town} on {date}.",
      "Students protested in {town} on {weekday} against the arrest of their leaders, and {wounded} were injured when "
      "riot police charged.",
      "Workers went on strike in {town} on {weekday} over unpaid wages, and most shops stayed closed."},
     {"The marchers carried portraits of those who were killed last month.",
      "{few} people were arrested, {official} said.", "The organisers said that they would return on Friday.",
      "Stones were thrown at the building of the provincial government."}},
    {false,
     {"Police arrest {few} suspects in {town}", "Army detains rebel commander in {town}", "Arms cache found near {town}",
      "{few} held after raid in {quarter}"},
     {"Police arrested {few} suspected members of {group} in {town} on {weekday}.",
      "The {army} captured {victim}, a commander of {group}, near {town} on {date}, {official} said.",
      "Soldiers detained {few} men in a raid on the {quarter} district of {town} on {weekday}.",
      "Security forces found a cache of weapons of {group} outside {town} on {weekday} and arrested {few} people."},
     {"Rifles, detonators and uniforms were seized.", "The men will be brought before a court in {other}.",
      "Relatives said that those arrested were farmers.", "He was flown to the capital under guard."}},
    {false,
     {"Talks on ceasefire open in {town}", "{country}, {group} agree to truce", "Peace talks in {town} stall",
      "Envoys meet {group} in {town}"},
     {"Delegates of the government of {country} and of {group} met in {town} on {weekday} for talks on a ceasefire.",
      "{group} and the government of {country} signed a truce in {town} on {date}.",
      "Peace talks between {group} and the government broke down in {town} on {weekday}.",
      "A United Nations envoy met leaders of {group} in {town} on {weekday} to discuss the release of prisoners."},
     {"The two sides are to meet again in {other} next month.", "Neither side would say what was agreed.",
      "The exchange of {few} prisoners is on the agenda.", "Observers called the meeting a first step."}},
    {true,
     {"{group} captures {town}", "Rebels take {town}", "Army retakes {town}", "{town} falls after siege"},
     {"{group} captured the town of {town} on {weekday} after two days of fighting in which {killed} people died.",
      "The {army} recaptured {town} from {group} on {date}, {official} said.",
      "Fighters of {group} took control of {town} on {weekday}, as government troops withdrew towards {other}.",
      "{town} fell to {group} on {weekday}, residents said, and {killed} soldiers were killed."},
     {"Flags were raised over the police station and {target}.",
      "Hundreds of families left the town before the fighting began.",
      "The governor was said to have fled to {other}.", "A curfew was imposed in the evening."}},
};

enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static const char *const tolls[] = {
    "{speaker} put the toll at {killed} dead and {wounded} wounded.",
    "Hospital officials in {town} counted {killed} bodies, and said that {wounded} people were being treated.",
    "The dead included {victim}, a teacher from {quarter}.",
    "The Red Cross said that {killed} people had been killed, among them {few} women.",
    "\"We have received {killed} dead and {wounded} injured,\" said {speaker}.",
    "{victim}, who kept a shop near {target}, was among those who died.",
};

static const char *const words_of[] = {
    "\"We will find those who did this,\" {speaker} told reporters.",
    "{speaker} said that the situation in {town} was under control.",
    "\"They came at night and we could do nothing,\" said {victim}, who lives in {quarter}.",
    "A resident who gave only his first name said that he had seen {few} bodies in the street.",
    "{speaker} accused {group} of breaking the truce that was signed in {other}.",
    "A spokesman for {group} denied that its men were in {town} on that day.",
    "{group} claimed responsibility for the attack in a statement sent to {outlet}.",
    "There was no immediate claim of responsibility.",
    "The claim could not be confirmed by independent observers.",
    "{official} blamed {group}, which has been active in the province since last year.",
    "In {other}, {speaker} said that reinforcements were on their way.",
    "The army did not comment on the report.",
};

static const char *const around[] = {
    "The government of {country} condemned the violence and promised help for the families.",
    "The United Nations called on both sides to protect civilians.",
    "Schools in {town} were closed, and buses to {other} did not run.",
    "More than {many} people have left the area since the beginning of the month, according to aid agencies.",
    "Troops set up checkpoints on the roads that lead to {other}.",
    "Earlier on {weekday}, shots were heard near {other}, but nobody was hurt.",
    "On the same day {few} rebels surrendered to the authorities in {other}.",
    "Parliament is to debate the security of the province next week.",
    "The Red Crescent sent {few} trucks with tents and medicine to {town}.",
    "Two journalists of {outlet} were held for several hours and then set free.",
    "The funeral of the victims was held in {quarter}, and thousands attended.",
    "A curfew will be in force from dusk to dawn until further notice.",
    "The frontier post near {other} was closed to traffic.",
    "The airport of {other} reopened after an interruption of two days.",
};

static const char *const background[] = {
    "{group} has fought the government for a decade and controls parts of the countryside around {town}.",
    "{country} has seen a rise in attacks since elections were put off.",
    "{town}, a market town on the road to {other}, has changed hands several times in the war.",
    "The province produces most of the cotton of {country}, and its roads are vital to the capital.",
    "Human rights groups have accused both the {army} and {group} of abuses.",
    "The conflict has driven hundreds of thousands of people from their homes.",
    "Talks between the two sides collapsed two years ago over the question of amnesty.",
    "Prices of bread and fuel have doubled in {town} since the winter.",
    "Foreign companies have suspended work on the railway to {other}.",
    "The harvest was poor this year, and aid agencies expect shortages in the spring.",
    "Local elders have tried for months to mediate between the parties.",
    "The mayor of {town} has asked for more police since last summer.",
    "Analysts say that neither side is strong enough to win.",
    "The government lifted the state of emergency only last autumn.",
    "A new law gives the army wide powers in the border districts.",
    "Rain has made many roads in the province impassable.",
};

/* What fills every report and tells of no event. */
static const char *const eventless[] = {
    "{town} lies on a plain between two rivers and has about {many} inhabitants.",
    "Most people here live from farming, and the market is held on Mondays.",
    "The road from {other} is paved only in part, and the journey takes most of a day.",
    "Electricity is available for a few hours in the evening.",
    "The price of flour, which is imported, depends on the exchange rate.",
    "The old town with its mud walls was once a stop on the trade route to the coast.",
    "There are two secondary schools and a college for nurses.",
    "{outlet}, which is widely heard in the region, carries news in four languages.",
    "The weather was clear, with a light wind from the north.",
    "Many families have relatives in {other} and in the camps along the border.",
    "The hospital has 60 beds and one surgeon.",
    "A census has not been taken for twenty years.",
    "The bridge over the river is the only one within fifty kilometres.",
    "Cotton, sesame and livestock are the main goods of the district.",
    "The telephone network reaches the town but not the villages.",
    "{speaker}, a trained engineer, has been in office for three years.",
    "Cafés along the main street were open as usual, and children were on their way to school.",
    "The province is larger than Belgium and has fewer than {many} voters.",
};

/* Of another incident, told again. */
static const char *const recaps[] = {
    "On {date} {killed} people were killed in an attack on {target} in {town}.",
    "Last month {group} killed {killed} people in {town}.",
    "In {town}, {killed} people died on {date} when a bomb exploded near {target}.",
    "It was the worst attack since {date}, when {killed} people were killed in {town}.",
};

static const char *const targets[] = {
    "a police station", "the central market", "an army checkpoint", "a bus station", "a hotel", "the courthouse",
    "a school", "a clinic", "the barracks", "a mosque", "a church", "the power station", "a bridge", "a petrol station",
    "the radio station", "a bank",
};

static const char *const officials[] = {
    "the governor", "a police spokesman", "an army spokesman", "the defence ministry", "the interior ministry",
    "a provincial official", "a hospital official", "the mayor",
};

static const char *const roles[] = {
    "Colonel", "General", "Governor", "Mayor", "Dr.", "Captain", "Police Chief", "Minister",
};

static const char *const counts_few[] = {"two", "three", "four", "five", "six", "seven", "eight", "12"};

/* A country, its army as reporters call it, three armed groups, towns. */
struct land {
    const char *name, *army, *groups[3], *towns[8];
};

static const struct land lands[] = {
    {"Afghanistan", "Afghan army", {"The Taliban", "Hezb-e-Islami", "The Haqqani network"},
     {"Kunduz", "Kandahar", "Ghazni", "Herat", "Jalalabad", "Lashkar Gah", "Khost", "Faizabad"}},
    {"Somalia", "Somali army", {"Al-Shabaab", "Hizbul Islam", "Ahlu Sunna Waljama"},
     {"Mogadishu", "Kismayo", "Baidoa", "Beledweyne", "Galkayo", "Jowhar", "Marka", "Afgooye"}},
    {"Nigeria", "Nigerian army", {"Boko Haram", "Ansaru", "The Niger Delta Avengers"},
     {"Maiduguri", "Damaturu", "Potiskum", "Kano", "Bauchi", "Yola", "Gwoza", "Jos"}},
    {"Iraq", "Iraqi army", {"Islamic State", "Al-Qaeda in Iraq", "The Mahdi Army"},
     {"Mosul", "Tikrit", "Falluja", "Ramadi", "Baquba", "Kirkuk", "Samarra", "Basra"}},
    {"Syria", "Syrian army", {"The Nusra Front", "Ahrar al-Sham", "The Free Syrian Army"},
     {"Aleppo", "Homs", "Idlib", "Raqqa", "Hama", "Daraa", "Palmyra", "Deir ez-Zor"}},
    {"Colombia", "Colombian army", {"FARC", "The ELN", "The United Self-Defence Forces"},
     {"Cali", "Medellin", "Florencia", "Arauca", "Tumaco", "Popayan", "Neiva", "Villavicencio"}},
    {"El Salvador", "Salvadoran army", {"The FMLN", "The People's Revolutionary Army", "The Death Squad"},
     {"San Salvador", "San Miguel", "Usulutan", "Chalatenango", "Santa Ana", "Zacatecoluca", "La Union",
      "San Vicente"}},
    {"Peru", "Peruvian army", {"Shining Path", "The Tupac Amaru Revolutionary Movement", "The Rodrigo Franco Command"},
     {"Ayacucho", "Huancayo", "Lima", "Tingo Maria", "Huanuco", "Puno", "Arequipa", "Cusco"}},
    {"Yemen", "Yemeni army", {"The Houthis", "Ansar al-Sharia", "The Southern Movement"},
     {"Taiz", "Aden", "Sanaa", "Saada", "Hodeidah", "Marib", "Zinjibar", "Mukalla"}},
    {"Sudan", "Sudanese army", {"The Justice and Equality Movement", "The SPLA", "The Janjaweed"},
     {"Nyala", "El Fasher", "Kadugli", "Juba", "Malakal", "Geneina", "Abyei", "Bor"}},
    {"Ukraine", "Ukrainian army", {"The Donetsk People's Republic", "The Luhansk People's Republic", "The Azov Regiment"},
     {"Donetsk", "Luhansk", "Mariupol", "Sloviansk", "Kramatorsk", "Kharkiv", "Debaltseve", "Ilovaisk"}},
    {"Mali", "Malian army", {"Ansar Dine", "MUJAO", "The National Movement for the Liberation of Azawad"},
     {"Gao", "Timbuktu", "Kidal", "Mopti", "Segou", "Menaka", "Konna", "Tessalit"}},
    {"Sri Lanka", "Sri Lankan army", {"The Tamil Tigers", "The JVP", "The Karuna faction"},
     {"Jaffna", "Trincomalee", "Batticaloa", "Vavuniya", "Kilinochchi", "Mullaitivu", "Mannar", "Colombo"}},
    {"the Philippines", "Philippine army", {"Abu Sayyaf", "The New People's Army", "The Moro Islamic Liberation Front"},
     {"Zamboanga", "Cotabato", "Marawi", "Davao", "Jolo", "Butuan", "Kidapawan", "Isabela"}},
};

enum { LAND_COUNT = sizeof lands / sizeof lands[0] };

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof(list)[0]))

#endif
