"""Given names common among visitors of English-speaking websites; a hint, never a proof."""

_TEXT = """
aaron abby abdul abel abigail abraham ada adam adele adrian agnes ahmad ahmed aidan aiden aisha akash al
alan albert alberto alejandro alex alexa alexander alexandra alexei alexis alfred ali alice alicia alina
alison alistair allan allen allison alma amanda amber amelia amir amit amy ana anand anastasia andre
andrea andreas andres andrew andy angel angela angelica angelo angie anil anita anjali ann anna anne
annette annie anthony antoine anton antonia antonio anya april archie ariana ariel arjun arlene armando
arnold arthur arun asha ashley ashok astrid audrey august aurora austin ava avery axel barbara barry bart
beatrice becky bella ben benedict benjamin bernadette bernard bernd bernice bert bertha beth betsy betty
beverly bianca bill billie billy björn blake bob bobby bonnie boris brad bradley brandon brenda brent
brett brian bridget britney brittany brooke bruce bruno bryan caitlin caleb calvin cameron camila camille
candice carl carla carlo carlos carmen carol carole caroline carolyn carrie carter casey cassandra
catherine cathy cecilia cedric celia celine cesar chad charlene charles charlie charlotte chase chelsea
chen cheryl chester chloe chris christian christina christine christoph christopher christy chuck cindy
claire clara clarence clark claude claudia clayton clement cliff clifford clint clyde cody colin colleen
connie connor conrad constance corey courtney craig crystal curtis cynthia daisy dale damian damien dan
dana daniel daniela daniele danielle danny daphne darlene darrell darren daryl dave david dawn dean deanna
deb debbie deborah debra deepak deepika dennis derek derrick diana diane diego dieter dimitri dinesh dirk
divya dmitri dolores dominic dominik dominique don donald donna dora doreen doris dorothy doug douglas
dustin dwayne dylan earl eddie edgar edith edmund eduardo edward edwin eileen elaine eleanor elena eli
elias elijah elisa elise elizabeth ella ellen ellie elliot elliott elsa elsie emil emilia emily emma
emmanuel enrico enrique eric erica erich erik erika erin ernest ernesto esther ethan eugene eva evan
evelyn fabian fabio faith farah fatima faye felicia felix fernando fiona florence florian frances
francesca francesco francis francisco francois frank frankie franz fred freddie frederick frieda fritz
gabriel gabriela gabriele gail gareth gary gavin gemma gene genevieve geoff geoffrey george georgia
georgina gerald gerard gerhard gilbert gina giovanni giulia giuseppe gladys glen glenda glenn gloria
gordon grace graham grant greg gregor gregory greta guido guillaume gunther gus gustav guy gwen hailey
hank hannah hans harald hari harold harriet harry harvey hasan hassan hazel heather hector heidi heike
heinrich heinz helen helena helga helmut henri henrik henry herbert herman hilary hilda holger holly horst
howard hugh hugo hussein ian ibrahim ida igor ilse imran ines inga ingrid irene irina iris irma isaac
isabel isabella isabelle ivan ivy jack jackie jackson jacob jacqueline jacques jake jakob james jamie jan
jana jane janet janice janine jared jasmin jasmine jason jasper javier jay jayden jayne jean jeanette
jeanne jeff jeffrey jen jenna jennie jennifer jenny jeremy jerome jerry jess jesse jessica jessie jesus
jill jim jimmy jin jing jo joachim joan joana joanna joanne jochen jodie joe joel johan johann johanna
johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josephine josh joshua joy joyce
juan juanita judith judy jules julia julian juliana julie juliet julio julius jun june jurgen justin
justine jörg jürgen kai kamal karen karim karin karina karl karthik kat kate katherine kathleen kathryn
kathy katie katja katrin katrina kay kayla keith kelly kelvin ken kendra kenneth kent kerry kerstin kevin
khalid kim kimberly kiran kirsten kirsty klaus krishna kristen kristian kristin kristina kumar kurt kyle
lance lara larry lars laura lauren laurence laurent laurie lawrence lea leah lee leila lena leo leon
leonard leonardo leroy leslie lester levi lewis li liam lidia lila lillian lily lin linda lindsay lisa liz
lloyd logan lois lola lora loretta lori lorraine lou louis louisa louise luca lucas lucia lucy luigi luis
luisa lukas luke luna lydia lynn mabel mackenzie madeleine madison maggie mahesh malcolm mandy manfred
manoj manuel marc marcel marcela marcia marco marcus margaret margarita maria mariah marian mariana
marianne marie marina mario marion marissa marjorie mark marko markus marlene marshall marta martha martin
martina marvin mary maryam mason mateo mathew mathias matt matteo matthew matthias maureen maurice max
maxim maxime maximilian maxine maya megan mehmet mei melanie melinda melissa melody mercedes meredith mia
michael michaela michel michele michelle miguel mike mikhail milan mildred milena miles ming miranda
miriam mitchell mohamed mohammad mohammed moira molly mona monica monika morgan muhammad murray mustafa
myra nadia nadine nancy naomi natalia natalie natasha nathan nathaniel naveen neha neil nelson nia
nicholas nick nicola nicolas nicole niels nigel nikita nikolai nils nina nisha nita noah noel nora norma
norman olaf oleg olga oliver olivia omar oscar otto owen pablo paige pam pamela paolo pascal pat patricia
patrick patty paul paula paulina pauline pavel pedro peggy penelope penny pete peter petra phil philip
philipp philippe phillip phoebe phyllis pia pierre piotr pooja prakash priya rachel rafael rahul raj raja
rajesh ralf ralph ramesh ramon ramona randall randy raquel raul ravi ray raymond rebecca regina reinhard
rekha renate renee rené rex rhonda ricardo richard rick ricky riley rita rob robbie robert roberta roberto
robin rochelle rod rodney rodrigo roger rohit roland rolf roman ron ronald ronnie rosa rosalie rose
rosemary ross roxanne roy ruben ruby rudolf rudy rupert russell ruth ryan sabine sabrina sadie said sally
salma sam samantha sameer samir samuel sandeep sandra sandy sanjay santiago sara sarah sascha saul
savannah scott sean sebastian selena serena sergei sergio seth shane shannon shari sharon shaun shawn
sheila shelby shelly sheri sherry shirley shreya sid sidney silke silvia simon simona simone sofia sonia
sonja sophia sophie stacey stacy stan stanley stefan stefanie stella stephanie stephen steve steven
stewart stuart sue suman sunil suresh susan susanne susie suzanne sven svetlana sylvia tamara tammy tania
tanja tanya tara tatiana taylor ted teresa terrence terri terry tess thea thelma theo theodore theresa
thomas tiffany tim timothy tina tobias todd tom tomas tommy toni tony tracey traci tracy travis trevor
tricia trisha tristan troy tyler ulrich ulrike uma ursula uwe valentina valerie vanessa vera vernon
veronica vicki vicky victor victoria vijay vikram vince vincent viola violet virginia vivian vladimir wade
walter wanda warren wayne wendy werner wesley whitney wilhelm will willem william willie wilma winston
wolfgang xavier xin yan yang yasmin yolanda yosef yuki yuri yusuf yvette yvonne zach zachary zoe zoltan
"""

GIVEN_NAMES = frozenset(_TEXT.split())
