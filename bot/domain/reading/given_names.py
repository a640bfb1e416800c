"""Given names common among visitors of websites, in many languages; a hint, never a proof."""

import unicodedata

_TEXT = """
aarav aaron abby abdallah abdoulaye abdul abdullah abel abena abigail abiodun abraham ada adam adama adebayo
adele adeline adewale aditi aditya adrian adriana adriano afonso agata agathe agnes agnieszka agustin ahmad
ahmed ahmet aidan aiden aino aisha aitor akash akhil akiko akira aksel al alain alan alastair alba albert
alberta alberto aldo alejandra alejandro aleksander aleksandra aleksei alessandra alessandro alessia alessio
alex alexa alexander alexandra alexandros alexandru alexei alexey alexis alfonso alfred alfredo ali alice
alicia alina aline alison alistair allan allen allison alma alvaro alvin alyssa amadou amanda amandine amber
ambroise amelia amina aminata amir amirhossein amit amos amparo amrita amy ana anand ananya anastasia
anatoly anders andras andre andrea andreas andree andreea andrei andres andrew andrey andrzej andy anette
angel angela angeles angelica angeliki angelo angie angus anh aniket anil anita anjali anke ankit ankita ann
anna annalisa anne anneke anneli annette annie annika anouk ansgar anthony antje antoine anton antonella
antonia antonietta antonio antonis anuj anushka anwar anya aparna april arash archana archie ariana arianna
ariel arjun arlene arlette armand armando armin arnold artem arthur arturo arun arvid arvind asbjorn asha
ashish ashley ashok ashwin aslaug asma astrid atsushi attila aubrey audrey august augusto aurelie aurelien
aurora austin ava avery avi avigail avinash avraham axel ayaka ayesha ayla aylin ayman ayodele ayse ayumi
azadeh aziz babatunde balazs bambang baptiste barbara barney barry bart bartek bartosz bastien beata beate
beatrice beatriz becky begona behnam behrouz bela bella ben bence benedetta benedict benedicte bengt benito
benjamin bennett benoit berend bernadette bernard bernd bernice bert bertha bertrand beth bethan bethany
betsy bettina betty beverly bharat bianca bilal biljana bill billie billy birgit birgitta birte bjorn blaine
blake blandine bob bobby bodil bogdan bohumil bojan bonnie boris borja brad bradley brady brandon branko
brenda brendan brent brett brian bridget brigitte britney brittany bronwyn brooke bruce bruna bruno bryan
bryn budi burak byron caetano caio caitlin caleb callum calvin cameron camila camille camilo candice carl
carla carlo carlos carly carmelo carmen carol carole caroline carolyn carrie carter casey cassandra cassidy
catalin catalina catarina caterina cathal catherine cathy cecile cecilia cedric celeste celia celine cesar
cesare chad chaim chantal charlene charles charlie charlotte chase chelsea chen cheryl chester chetan
chiamaka chiara chidi chinedu chinwe chloe chris christa christel christelle christer christian christiane
christina christine christoph christophe christopher christos christy chuck ciara ciaran cindy cinzia claire
clara clarence clarissa clark claude claudia claudine claudio clayton clement clementine cliff clifford
clint clyde cody coen colin colleen connie connor conor conrad constance consuelo corey corina corinne
cosmin courtney craig cristian cristiano cristina cristobal crystal csaba curtis cynthia cyril daan daiki
daisuke daisy dale damian damien dan dana daniel daniela daniele danielle danilo danny daphne darcy dario
dariusz darlene darrell darren daryl dave david davide dawid dawn dean deanna deb debbie debora deborah
debra declan deepak deepika deirdre dejan delilah delphine denise dennis derek derrick desmond despina
detlef devin dewi dhruv diana diane didier diego dieter dietmar dilip dimitra dimitri dimitrios dimitris
dinesh diogo dirk divya dmitri dmitriy dmitry dolores domenico domingo dominic dominick dominik dominika
dominique don donald donatella donna donovan dora doreen doris dorota dorothee dorothy doug douglas dov
dragan dragos duc duncan dustin dwayne dwight dylan eamon earl eberhard eddie edgar edith edmund edoardo
edouard eduarda eduardo edward edwin edwina eileen eilidh eimear einar eirik eirini eitan ekaterina elaine
eleanor elena eleni eleonora eli elias eliezer elif elijah elin elisa elisabetta elise eliska elizabeth elke
ella ellen ellie elliot elliott elodie elsa elsie elvira emanuele emeka emiko emil emile emilia emilie
emilio emily emine emma emmanuel emre encarnacion enes enrico enrique enzo eoghan erez eric erica erich erik
erika erin erling ernest ernesto erwin espen esteban estefania esther eszter ethan etienne ettore eugene
eugenio eunji eva evan evandro evangelia evangelos evelyn evgeniy evgeny ewa ewald ewan eyal fabian fabiana
fabien fabienne fabio fabrice fabrizio faisal faith fanny farah farhad farid farshad farzad fatih fatima
fatma fatou fatoumata fausto faye federica federico felicia felicity felipe felix femi femke ferdinand
ferenc fereshteh fergal fergus fermin fernanda fernando filip filipe filippo finlay finley finn fintan fiona
fiorella fitri flavia flavio flora florence florent florentina florian florin floris folake frances
francesca francesco francis francisco franck franco francois francoise frank frankie frantisek franz fraser
frauke fred freddie frederic frederick frederique fredrik freya frida frieda friederike friedrich fritz
funmi furkan gabi gabor gabriel gabriela gabriele gabriella gael gaelle gaetan gaetano gaia gail galina
ganesh gareth gary gaurav gautam gavin gaynor geert geeta gemma gene genevieve gennady geoff geoffrey georg
george georgia georgina georgios georgy gerald geraldo gerard gerd gerda gergely gerhard gerrit gerry
gershon gethin gheorghe ghislaine giacomo giancarlo gianluca gianni giannis gideon gijs gilbert giles gilles
gillian gina gino giorgia giorgio giorgos giovanna giovanni girish gisela gisele giulia giuliana giuliano
giuseppe gladys glen glenda glenn gloria gokhan goncalo gonzalo gopal goran gordana gordon govind grace
graham grant graziella grazyna greg gregoire gregor gregorio gregory greta grzegorz guadalupe gudrun
guglielmo guido guilherme guillaume guillermo gunilla gunnar gunter gunther gus gustav gustavo guus guy gwen
gyorgy haakon habib hadas hailey hakan halil halina halvor hamed hamid hamish hamza hank hannah hanne
hannelore hans harald hari harish harold harriet harry harsha hartmut haruka haruki harvey hasan hassan
hatice hayden hazel heather hector hedwig heidi heike heikki heiko heiner heinrich heinz heitor helen helena
helene helga helge helmut heloisa hendrik henk henning henri henrik henrique henry herbert herman hermann
hermione hernan herve hideki hien hilary hilda hildegard hiroki hiroko hiroshi hiroyuki hoang holger holly
horst hossein howard howell hubert hugh hugo huguette hui hung huong huseyin hussein huw huy hyejin ian
ibrahim ida idan idris ifeanyi ignacio igor ikechukwu ilan ilaria ildiko ileana ilse ilya imogen imran ina
inbal indira ines inga inge ingemar ingo ingrid ingvar inmaculada inna ioana ioanna ioannis iona ionut irene
irina iris irma irmgard isaac isabel isabella isabelle ishaan isidro ismail istvan itai itamar itziar iulia
iulian ivan ivana ivica ivo ivy iwona izabela jaap jacek jacinto jack jackie jackson jacob jacopo jacqueline
jacques jadwiga jaime jake jakob jakub jamal james jamie jamila jan jana jane janet janice janine janneke
janos janusz jaqueline jared jari jaromir jaroslav jaroslaw jasmin jasmine jason jasper javad javier jay
jayden jayne jean jeanette jeanne jeff jeffrey jelena jemima jen jenna jennie jennifer jenny jens jeremy
jeroen jerome jerry jerzy jesper jess jesse jessica jessie jesus jianguo jie jihoon jill jim jimmy jin jing
jiri jitka jiwon jo joachim joan joana joanna joanne joao joaquim joaquin jocelyn jochem jochen jodie joe
joel johan johann johanna johannes john johnny joko jolanta jon jonas jonathan joost jordan jordi jorg jorge
jorgen joris jorn jose josef josefa joseph josephine josette josh joshua josiah jovana joy joyce jozsef juan
juana juanita judith judy juha jukka jules julia julian juliana julie julien juliet julieta juliette julio
julius jun june junho junichi junko jurgen justin justine jutta jyoti kaan kabir kacper kai kaisa kaitlyn
kamal kamau kamil kamila kamran kaori kapil kareem karel karen karim karin karina karl karlheinz karol
karolina karthik kartik kartika kasia kat katarina katarzyna kate katerina katharina katherine kathleen
kathryn kathy katie katja katrin katrina kaveh kavita kavya kay kayla kayleigh kazuki kazuko kehinde keiko
keith kelly kelsey kelvin kemal ken kendall kendra kenichi kenji kenneth kenny kent kenta kerem keren keri
kerry kerstin kevin khadija khalid khanh kieran kim kimberly kiran kirill kirsten kirstie kirsty kjell
kjersti klaas klara klaus koen kofi koichi koji konrad konstantin konstantinos kostas krishna kristen
kristian kristin kristina kristoffer krisztina krystyna krzysztof ksenia kumar kumiko kurt kwabena kwame
kwesi kyle kylie kyriakos lachlan ladislav laetitia lance lara larisa larissa larry lars lasse laszlo latifa
laura lauren laurence laurent laurentiu laurie lawrence layla lea leah leandro leanne lee lei leif leila
lena lenka lennart leo leon leonard leonardo leonid leonidas leonie leonor lerato leroy leslie lester leszek
leticia levi lewis leyla li liam liang libor lidia lieke lila lillian lily lin linda lindiwe lindsay linh
linnea lionel lior lisa liviu liz lloyd loes logan loic lois lola lora lorena lorenza lorenzo loretta lori
lorna lorraine lothar lou louis louisa louise lourdes luc luca lucas lucia luciana luciano lucie lucien
lucienne lucille lucinda lucy ludger ludivine ludmila ludovic ludovica ludwig luigi luis luisa luiz luiza
lukas lukasz luke luna lutz lydia lyle lynda lynette lynn lynne lyudmila maaike maarten maayan mabel
macarena maciej mackenzie madalina madeleine madhav madhuri madison maelle maeve magali magda maggie magnus
mahesh mahmoud mahsa maija mairead maisie majid maksim malcolm malgorzata malik mamadou mandla mandy manfred
manish manju manoj manolo manon manuel manuela marc marcel marcela marcelle marcello marcelo marcia marcin
marcio marco marcos marcus marcy marek margaret margarete margarita margit margot mari maria mariah mariama
marian mariana marianne mariano maricarmen marie marieke marija marijana marijke mariko marina marinko mario
marion marisol marissa marit marius mariusz marjolein marjorie mark marketa marko markus marlene marlies
marlon marshall marta martha martin martina martine marton marvin mary maryam marzena masahiro masako masato
mason masoud massimiliano massimo matej mateo mateusz matheus mathew mathias mathieu mathilda mathilde
matias matilde matt matteo matthew matthias matthijs mattias maureen maurice mauricio maurizio mauro max
maxence maxim maxime maximilian maxine maxwell maya mayumi meena meera meg megan megumi mehdi mehmet mehran
mei meike meiling meir mel melanie melinda melis melissa melody melvin mercedes meredith merete mert merve
mia micah michael michaela michal michalis michel michela michele michelle michiko midori miguel mihaela
mihai mikael mike mikhail mikkel miklos milagros milan mildred milena miles millicent milos miloslav minako
ming minh minho minjae minji minjun miranda mircea mireille mirella miriam mirjam mirjana mirko miroslav
mitch mitchell miyuki mohamad mohamed mohammad mohammed mohan mohsen moira molly mona monica monika
montserrat morgan morgane moritz morris morten mortimer moshe mourad moussa muhammad mukesh murat muriel
murilo murray mustafa mylene myra myriam nabil nadav nadia nadim nadine nadja naftali naima nancy nandini
naoki naoko naomi narendra nasrin nasser natalia natalie natasha nate nathalie nathan nathaniel natsuki
naveen nazanin ned neeraj neha neil nell nellie nelson nemanja nenad nerea neville ngoc ngozi nguyen nhung
nia niall niamh nicholas nick nicola nicolae nicolas nicole nicoleta nicolo niek niels nigel nikhil nikita
niklas nikola nikolai nikolay nikos niloufar nils nina nisha nita nitin nkechi nneka noah noam noel noelia
noemie noor nora norbert noreen noriko norma norman nuno nuria obinna octavian odile ofer oguz oksana ola
olaf olav oleg oleksandr olena olga oliver olivia olivier oluchi olumide oluwaseun omar omer omid ondrej
onur ophelia oren orhan oriol orit orla orlando ornella oscar oskar osman oswald othman ottavio otto ousmane
ovidiu owain owen ozan pablo paco paddy padraig paige paivi pallavi pam pamela panagiotis pankaj panos paola
paolo parisa pascal pascale pasquale pat patricia patrick patrizia patty paul paula paulina pauline paulo
pavel pavla pavlos pawel pedro peggy pekka penelope penny percy pernille petar pete peter petra petter phil
philip philipp philippa philippe phillip phoebe phuong phyllis pia pierluigi pierre pieter pietro pilar
pinar piotr pirjo polina pooja pradeep prakash pranav prashant pratik praveen predrag preeti preston
priscila priya priyanka przemek putri qiang quang quentin quincy quynh rachel rachid radek radha radim radu
rae rafael rafal raffaele raghav ragnar rahul rainer raj raja rajan rajendra rajesh rajiv rakesh ralf ralph
raluca ramesh ramiro ramon ramona ramya randall randy rania ranjit raphael raquel rashid rashmi rasmus raul
ravi ray raymond razvan rebecca reece reem reena reese reggie regina reginald regine regis reiko reinaldo
reiner reinhard reinhold reka rekha remi remy renan renata renate renato rene renee reuben rex reynaldo reza
rhiannon rhonda rhys ricardo riccardo richard rick ricky riikka rik riley rita ritu rivka rob robbie robert
roberta roberto robin robyn rochelle rocio rod roderick rodney rodolfo rodrigo roel roger rogerio rohit
roisin roland rolf romain roman romeo ron ronald ronan ronen ronnie rory rosa rosalie rosalind rosangela
rosanna rosario rose rosemarie rosemary roshni rosie ross roswitha rowan roxana roxanne roy ruben ruby
rudolf rudy rufus ruggero rui rupert ruslan russell ruth ruud ryan ryo ryota ryszard sabine sabrina sachiko
sachin sadie saeed saeid said sakura salim sally salma salman salvador salvatore sam samantha sameer samir
samira sammy samuel samuele sana sandeep sander sandor sandra sandrine sandro sandy sanja sanjana sanjay
sanne santiago santosh sara sarah sarita sascha satish satoshi satu saul savannah saverio scarlett scott
seamus sean sebastian selena selim selin selma seojun serena sergei sergey sergio sergiy serkan seth
severine sevgi shahram shai shalini shane shankar shannon shari sharon shaun shawn sheila shelby shelley
shelly sheri sherry shigeru shilpa shimon shinji shira shirin shirley shivani shlomo shmuel shobha shota
shreya sian sibusiso sid siddharth sidney siegfried sienna sigrid sigurd silas silke silvana silvia silvio
silviu simao simon simona simone sinan sinead siobhan sipho siti siv sizwe sjoerd slawomir slobodan sneha
sofia soheil sohrab solange soledad solveig somchai sonali sonia sonja soojin sooyoung sophia sophie sorin
spencer spyros srinivas stacey stacy stan stanislav stanislaw stanley stavros stefan stefania stefanie
stefano steffen steffi stelios stella stephane stephanie stephen steve steven stewart stig stjepan stuart
sudha sudhir sue suman sumit sungmin sunhee sunil suresh surya susan susana susanna susanne susie suzanne
svein sven svetlana swantje swati sybil sylvain sylvia sylvie szilvia szymon tabitha tadeusz tahir taiwo
takahiro takashi takeshi takumi tamara tamas tammy tamsin tania tanja tanvi tanya tara taras tariq taro
tarun tasha tatiana tatjana tatsuya tatyana taylor ted tegan temitope tendai teodor teodora terence teresa
tereza terje terrence terri terry tess tessa tetsuya teun thabo thais thanasis thandi thanh thao thea thelma
themba theo theodore theodoros theophile theresa therese thiago thibault thierry thijs thomas thorben
thorsten thulani thuy tiago tibor tiffany tiina tilo tim timo timothy tina tineke tiziana tobias tobin toby
todd tolga tom tomas tomasz tomer tomislav tommaso tommy tomoko toni tony torben torbjorn torsten toshio
tove tracey traci tracy trang traute travis trent trevon trevor tricia trisha tristan trixie trond troy
trudy tuan tunde tuomas tushar tyler tyrone tyson uche udo ulf ulises ulla ulrich ulrike uma umar umberto
umut uri ursula urszula uschi usman ute uwe vaclav vadim vahid valentin valentina valentino valerie valerio
vanessa vania varun vasile vasilis vassilis vaughan vera verena vernon veronica veronique vesna vibeke
vicente vicki vicky victor victoria vidar vidya vijay vikas vikram viktor viktoria ville vinay vince vincent
vincenzo vinicius vinod viola violet viorel virginia virginie vishal vitaly vito vitor vittoria vittorio
vivek vivian vivienne vlad vladimir vladislav vojtech volkan volker volodymyr wade walid wallace wally
walter waltraud wanda wanjiku warren wayan wayne wei weiming wendell wendy werner wesley wessel whitney
wiebke wilfred wilfried wilhelm will willem william willie wilma wim winfried winifred winnie winston
wojciech wolfgang woodrow wouter wyatt xavier xiaoming ximena xin yaakov yael yair yan yana yang yann
yannick yannis yaroslav yasemin yash yasin yasmin yassine yasuko yehuda yitzhak yoann yoko yolanda yonatan
yosef yossi yosuke younes youssef yuichi yukari yuki yukiko yulia yumi yuri yuriy yusuf yusuke yuta yves
yvette yvonne zach zachariah zachary zahra zainab zanele zara zbigniew zdenek zehra zeinab zelda zeljko zev
zeynep zheng zlatko zoe zofia zoltan zoran zorica zsofia zsolt zsuzsanna zuzana zuzanna
"""

_GIVEN_NAMES = frozenset(_TEXT.split())
_UNDIVIDED = str.maketrans("øłıđð", "olidd")
"""Letters that Unicode does not take apart into a plain one and its accent."""


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common given name, or two joined by a hyphen, with or without accents."""
    name = word.lower()
    if not name.isascii():
        parts = unicodedata.normalize("NFD", name.translate(_UNDIVIDED))
        name = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return name.replace("-", "") in _GIVEN_NAMES or all(part in _GIVEN_NAMES for part in name.split("-"))
