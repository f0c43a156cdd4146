"""The words of the pack about bees that the learner's tests edit and rebuild."""

PLAN = """Two weeks with bees
Week 1 – The hive

Goal: Know who lives there.

Day 1: The queen and her brood
    Queens, drones, mating flights, laying.
    Practice: Find the queen on a frame.
    Q: “How does a colony raise a new queen?”

Day 2: Workers
    Foragers, nurses, dances and wax.
    Practice: Watch a dance at the entrance.

Day 3: Recap
Tell the life of a worker aloud.

Week 2 – The harvest

Goal: Take honey and leave enough.

Day 4: Honey
    Nectar, water content, capping, crystals.
    Practice: Measure the water in a frame.

Day 5: Swarms and mites
    Swarming, splitting, varroa, winter feed.
"""

_HIVE = """
# Who lives in a hive
queen
Why does a colony need a queen?
short: She lays every fertilised egg.
medium: She lays up to 2000 eggs a day, and her pheromone tells workers that all is well.
senior: Without her scent workers build emergency cells within hours; later their own ovaries grow.

drone
What is a drone for?
short: It mates with a queen from elsewhere.
medium: Drones gather in the air where queens of other hives fly by; mating costs them their life.

worker
How long does a worker live?
short: Six weeks in summer.
medium: Summer bees wear out in six weeks; those of winter live for months on stored protein.
senior: Vitellogenin is spent by nursing; a bee that never nursed stays young until spring.

dance
How do bees tell each other where food is?
short: By dancing on the comb.
medium: The angle of the waggle run gives the direction from the sun, its length the distance.

wax
Where does wax come from?
short: From glands below the abdomen.
senior: Eight glands give scales in the second week of life; a kilo costs some six of honey.

# Work through the year
puzzle-sum
-
| frames = [2, 3]
| print(sum(frames) * 2)
output: Two frames and three make five, doubled ten. => 10

puzzle-set
-
| colours = {"white", "white", "red"}
| print(len(colours))
output: A set keeps every colour of queens once. => 2

puzzle-slice
What does this print?
| months = ["may", "june", "july"]
| print(months[1:])
output: The slice leaves out the first month. => ['june', 'july']

puzzle-join
What does this print?
| print("-".join(["bee", "hive"]))
output: The dash stands between the words only. => bee-hive

twin-spring
What must be done now?
short: Open the entrance and look for brood in spring.

twin-autumn
What must be done now?
short: Treat mites and feed syrup before frost.
"""

_HONEY = """
# From nectar to the jar
nectar
How does nectar become honey?
short: Bees dry it and add enzymes.
medium: Invertase splits sucrose, and fanning dries it to eighteen parts in a hundred.

crystals
Why does honey crystallise?
short: Glucose leaves the solution.
medium: The more glucose against fructose, the sooner; rape sets in days and acacia in years.

fermenting
When does honey ferment?
short: Above a fifth of water.
medium: Wild yeasts wake where water exceeds a fifth, mostly in frames that were not capped.
senior: Measure with a refractometer; blend or freeze what is too moist, never heat it for long.

# Trouble
varroa
What does the varroa mite do?
short: It feeds on the fat body of brood.
medium: It breeds in capped cells and carries viruses that cripple wings.

swarm
Why does a colony swarm?
short: It is how colonies multiply.
medium: A crowded nest dilutes the queen's scent; she leaves with half of the workers.
senior: Make splits before cells are capped, or swarms hang in the neighbour's cherry tree.

foulbrood
How is foulbrood recognised?
short: By threads when a match is drawn out.
medium: American foulbrood smells of glue, and its larvae draw threads; report it to the authority.

robbing
What starts robbing?
short: Open feed and weak guards.
medium: Spilled syrup in a dearth calls foragers, who remember where defence was weak.
"""

_YARD = """
# Site
sun
Which way should an entrance face?
short: South-east, for an early start and a dry floor.

water
How far may water be?
short: Within half a kilometre, else they find the neighbour's pool.

wind
What shelters hives from wind?
short: A hedge lets a little through and makes no eddies, as walls do.

neighbours
What do you tell the people next door?
short: Where the flight path runs and whom to phone about a cluster in the chimney.

# Tools
smoker
What does smoke do to bees?
short: It masks alarm pheromone and makes them fill up with honey.

veil
Is a veil enough?
short: For quiet colonies; gloves dull the fingers and crush bees.

scale
What does a hive scale tell?
short: The start and end of a flow, to the hour.

extractor
Radial or tangential extractor?
short: Radial empties both sides at once; tangential is cheaper and gentler on fresh comb.
"""

TIERED = (
    ("hive.md", "The hive’s people", _HIVE),
    ("honey.md", "Honey – and trouble", _HONEY),
)
KEYED = ("yard.md", "The bee yard", _YARD)
